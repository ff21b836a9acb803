import type { GetICUArgs } from '@schummar/icu-type-parser'
import type { ReactElement } from 'react'

declare const needs: unique symbol

/** Nothing has to be put in. */
type NoValues = Record<string, never>

/** A sentence of the catalogue, compiled at build. `Values` are what has to be put into it. */
export interface Word<Values extends object = NoValues> {
  readonly [needs]: (values: Values) => void
}

/** What stands for `<name/>`, or around the words in `<name>…</name>`. */
export type Part = ReactElement

/**
 * Declares a sentence in English, in the ICU syntax: `{name}`, `{count, plural, one {# room} other {# rooms}}`, `<b>…</b>`,
 * `<person/>`. Two sentences that are spelled alike in English and differ in another language have another `sense` each.
 */
export function word<const Source extends string>(
  source: Source,
  sense?: number,
): Word<ValuesOf<Source>> {
  // The build puts the compiled sentence in place of the call (server/compiled-words.ts).
  throw new Error(`"${source}" (${sense}) is not compiled`)
}

/** The same sentences in another language; each must need the same values as the English one. */
export function translated<English extends object>(): <
  const Own extends Record<keyof English, string>,
>(
  own: Own & Same<English, Own> & { [Key in Exclude<keyof Own, keyof English>]: never },
) => Record<string, never> {
  throw new Error('These sentences are not compiled')
}

/** What has to be put into a sentence, read from its text by the compiler. */
type ValuesOf<Source extends string> = Flat<
  GetICUArgs<Source, { ICUArgument: string; ICUNumberArgument: number }> & {
    [Name in TagOf<Source>]: Part
  }
>

type Flat<Type> = { [Key in keyof Type]: Type[Key] }

type TagOf<Source extends string> = Source extends `${string}<${infer Tag}>${infer Rest}`
  ? (Tag extends `/${string}` ? never : Tag extends `${infer Name}/` ? Name : Tag) | TagOf<Rest>
  : never

/** A sentence that needs something else than the English one has no type that it fits. */
type Same<English, Own extends Record<keyof English, string>> = {
  [Key in keyof English]: English[Key] extends Word<infer Values>
    ? [ValuesOf<Own[Key]>, Values] extends [Values, ValuesOf<Own[Key]>]
      ? Own[Key]
      : { needs: Values; has: ValuesOf<Own[Key]> }
    : never
}
