import { readFileSync } from 'node:fs'
import type { CompiledMessage } from 'icu-minify/format'
import compile from 'icu-minify/compile'
import { parseSync, Visitor, type ESTree, type Plugin } from 'vite'
import { wordKey } from '../src/words/word-key.ts'

const ENGLISH = /[/\\]words[/\\]en[/\\][^/\\]+\.en\.ts$/
const TRANSLATION = /[/\\]words[/\\]([a-z]+)[/\\][^/\\]+\.\1\.ts$/

/**
 * Compiles the catalogues: an English sentence becomes the value of its constant, and a translation becomes a table from
 * the key of the English sentence. What nothing says is left out, and what is said later is loaded later.
 */
export function compiledWords(): Plugin {
  return {
    name: 'conclave:compiled-words',
    transform(code, id) {
      if (ENGLISH.test(id)) return { code: withCompiled(code), map: null }
      const language = TRANSLATION.exec(id)?.[1]
      if (!language) return undefined
      const english = englishFile(id, language)
      this.addWatchFile(english)
      return { code: asTable(code, readFileSync(english, 'utf8')), map: null }
    },
  }
}

/** The sentences of an English file, by their names. */
export function englishWords(code: string): Map<string, CompiledMessage> {
  return new Map(wordsIn(code).map(({ name, compiled }) => [name, compiled]))
}

/** The sentences of a translation, as they are written, by their names. */
export function translatedWords(code: string): Map<string, string> {
  return new Map(tableIn(code).entries)
}

/** What the formats of `words/say.ts` do not have. Dates are made by `words/dates.ts`. */
const UNKNOWN = /\{\s*\w+\s*,\s*(?:selectordinal|date|time|number\s*,)/

export function compiledWord(source: string, sense = 1): CompiledMessage {
  if (UNKNOWN.test(source)) throw new Error(`No sentence can have this in it: ${source}`)
  // The empty element of ICU needs an end; `<person/>` is easier to read.
  const compiled = compile(source.replaceAll(/<(\w+)\/>/g, '<$1></$1>'))
  if (sense === 1) return compiled
  // Reads the same and has another key.
  return [
    ...(typeof compiled === 'string' ? [compiled] : compiled),
    ...Array<string>(sense - 1).fill(''),
  ]
}

interface Compiled {
  name: string
  call: ESTree.CallExpression
  compiled: CompiledMessage
}

function withCompiled(code: string): string {
  return wordsIn(code)
    .toReversed()
    .reduce(
      (text, { call, compiled }) =>
        text.slice(0, call.start) + JSON.stringify(compiled) + text.slice(call.end),
      code,
    )
}

function asTable(code: string, english: string): string {
  const words = englishWords(english)
  const { name, entries } = tableIn(code)
  const table = entries.map(([key, source]) => {
    const original = words.get(key)
    if (original === undefined) throw new Error(`There is no English sentence "${key}"`)
    return [wordKey(original), compiledWord(source)]
  })
  return `export const ${name} = ${JSON.stringify(Object.fromEntries(table))}`
}

/** Each `export const name = word('…')`, in the order of the file. */
function wordsIn(code: string): Compiled[] {
  return constantsIn(code).flatMap(({ name, init }) => {
    if (init.type !== 'CallExpression' || !isCallOf(init, 'word')) return []
    const [source, sense] = init.arguments.map(valueOf)
    const compiled = compiledWord(String(source), sense as number | undefined)
    return [{ name, call: init, compiled }]
  })
}

/** The object in `export const name = translated<…>()({ … })`. */
function tableIn(code: string): { name: string; entries: [string, string][] } {
  for (const { name, init } of constantsIn(code)) {
    if (init.type !== 'CallExpression' || init.callee.type !== 'CallExpression') continue
    const [object] = init.arguments
    if (!isCallOf(init.callee, 'translated') || object?.type !== 'ObjectExpression') continue
    const entries = object.properties.map((property): [string, string] => {
      if (property.type !== 'Property' || property.key.type !== 'Identifier')
        throw new Error('A translation has names and sentences only')
      return [property.key.name, String(valueOf(property.value))]
    })
    return { name, entries }
  }
  throw new Error('A translation is `export const name = translated<typeof english>()({ … })`')
}

function constantsIn(code: string): { name: string; init: ESTree.Expression }[] {
  const found: { name: string; init: ESTree.Expression }[] = []
  new Visitor({
    VariableDeclarator({ id, init }) {
      if (id.type === 'Identifier' && init) found.push({ name: id.name, init })
    },
  }).visit(parseSync('words.ts', code).program)
  return found
}

function isCallOf(call: ESTree.CallExpression, name: string): boolean {
  return call.callee.type === 'Identifier' && call.callee.name === name
}

function valueOf(node: ESTree.Node): unknown {
  if (node.type === 'Literal') return node.value
  throw new Error('A sentence is written out, as one string')
}

function englishFile(id: string, language: string): string {
  return id
    .replace(/[/\\][a-z]+(?=[/\\][^/\\]+$)/, '/en')
    .replace(new RegExp(`\\.${language}\\.ts$`), '.en.ts')
}
