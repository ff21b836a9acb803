import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import format, { type CompiledMessage } from 'icu-minify/format'
import type { Plugin, Rolldown } from 'vite'
import { mirrored } from '../src/words/mirrored.ts'
import { compiledWord, englishWords, translatedWords } from './compiled-words.ts'

const WORDS = fileURLToPath(new URL('../src/words/', import.meta.url))

interface Language {
  dir: 'ltr' | 'rtl'
  /** The module with all of the language; English has none. */
  module?: string
  words: Record<string, string>
}

/** Puts into the page what it and public/start.js say before the app is there, in every language. */
export function startWords(): Plugin {
  return {
    name: 'conclave:start-words',
    transformIndexHtml: {
      order: 'post',
      handler(page, { bundle }) {
        const languages = startLanguages()
        const english = languages['en']?.words ?? {}
        const json = Object.entries(languages).map(([language, { dir, module, words }]) => [
          language,
          { dir, words, ...(module && bundle ? { file: fileOf(module, bundle) } : {}) },
        ])
        return page
          .replace('%languages%', JSON.stringify(Object.fromEntries(json)))
          .replace('%noScript%', Object.entries(languages).map(withoutScript).join('\n        '))
          .replaceAll(/%(\w+)%/g, (_, name: string) => wordNamed(name, english))
      },
    },
  }
}

function startLanguages(): Record<string, Language> {
  const english = englishWords(textOf('en/start.en.ts'))
  const german = translatedWords(textOf('de/start.de.ts'))
  const inGerman = [...german].map(([name, source]) => [name, compiledWord(source)] as const)
  const inArabic = [...english].map(([name, word]) => [name, mirrored(word)] as const)
  return {
    en: { dir: 'ltr', words: spoken([...english]) },
    de: { dir: 'ltr', module: 'de/german.ts', words: spoken(inGerman) },
    'ar-XB': { dir: 'rtl', module: 'mirrored.ts', words: spoken(inArabic) },
  }
}

function spoken(words: (readonly [string, CompiledMessage])[]): Record<string, string> {
  const formatters = { getDateTimeFormat: none, getNumberFormat: none, getPluralRules: none }
  return Object.fromEntries(
    words.map(([name, word]) => [name, String(format(word, 'en', {}, { formatters }))]),
  )
}

/** Nothing that is said before the app is there has a number or a date in it. */
function none(): never {
  throw new Error('start.en.ts has a value in it')
}

/** Without scripts nobody can choose, so it is said in each language. */
function withoutScript([language, { dir, words }]: [string, Language]): string {
  if (dir === 'rtl') return ''
  return `<div lang="${language}"><h1>${words['needsScript']}</h1><p>${words['turnOnScript']}</p></div>`
}

function wordNamed(name: string, words: Record<string, string>): string {
  const word = words[name]
  if (word === undefined) throw new Error(`index.html says "${name}", which start.en.ts has not`)
  return word
}

function fileOf(module: string, bundle: Rolldown.OutputBundle): string {
  const path = WORDS + module
  const chunk = Object.values(bundle).find(
    (file) => file.type === 'chunk' && file.facadeModuleId === path,
  )
  if (!chunk) throw new Error(`The build has no file for ${module}`)
  return `/${chunk.fileName}`
}

function textOf(file: string): string {
  return readFileSync(WORDS + file, 'utf8')
}
