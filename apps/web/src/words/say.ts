import format, { type CompiledMessage } from 'icu-minify/format'
import { cloneElement, createElement, Fragment, type ReactNode } from 'react'
import { isolated } from '../ui/isolated.ts'
import { translationTo, type Translate } from './languages.ts'
import type { Part, Word } from './word.ts'

type Texts = Record<string, string | number>

/** The language of this page. It is set once, before anything is shown; choosing another one reloads the page. */
let inForce = { locale: 'en', ...languageIn('en') }

/** The sentence as text. Names and other text in it keep their own direction. */
export function t<Values extends Texts>(
  word: Word<Values>,
  ...[values]: string extends keyof Values ? [] : keyof Values extends never ? [] : [Values]
): string {
  return inForce.formatted(word, values) as string
}

/** The sentence with elements in it: one for each `<name/>`, and around the words in each `<name>…</name>`. */
export function rich<Values extends Record<string, string | number | Part>>(
  word: Word<Values>,
  values: Values,
): ReactNode {
  const formatted = inForce.formatted(word, values)
  return Array.isArray(formatted) ? createElement(Fragment, null, ...formatted) : formatted
}

/** A number by itself; in a sentence it is `{count, number}`. */
export function numeral(count: number): string {
  return inForce.numbers.format(count)
}

/** Whether one name comes before another, as `toSorted` wants it. */
export function inOrder(one: string, other: string): number {
  return inForce.names.compare(one, other)
}

/** What every date, number and order of names is formatted for. */
export function localeInForce(): string {
  return inForce.locale
}

/** Loads the language of `locale` and says everything in it from then on. English needs nothing, and is at once there. */
export async function speak(locale: string): Promise<void> {
  inForce = { locale, ...languageIn(locale, await translationTo(locale)) }
}

function languageIn(locale: string, translate: Translate = (english) => english) {
  const numbers = new Intl.NumberFormat(locale)
  const plurals = new Intl.PluralRules(locale)
  const names = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
  const formatters = {
    getNumberFormat: () => numbers,
    getPluralRules: () => plurals,
    getDateTimeFormat: noDates,
  }
  return {
    numbers,
    names,
    formatted: (word: Word<never>, values: Record<string, string | number | Part> = {}) =>
      format<ReactNode>(
        translate(word as unknown as CompiledMessage),
        locale,
        Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, insertable(value)]),
        ),
        { formatters },
      ),
  }
}

function insertable(value: string | number | Part) {
  if (typeof value === 'string') return isolated(value)
  if (typeof value === 'number') return value
  return (inside: ReactNode[]) => (inside[0] ? cloneElement(value, undefined, ...inside) : value)
}

/** Dates are text when they come into a sentence (dates.ts), because they follow the clock of the device. */
function noDates(): never {
  throw new Error('A sentence gets its dates as text')
}
