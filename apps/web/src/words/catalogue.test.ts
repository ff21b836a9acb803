import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compiledWord, englishWords, translatedWords } from '../../server/compiled-words.ts'
import { wordKey } from './word-key.ts'

const FOLDER = new URL('.', import.meta.url).pathname
const subjects = readdirSync(join(FOLDER, 'en')).map((file) => file.replace('.en.ts', ''))

/** Every sentence of the catalogue, with its German one. The compiler checks that both need the same values. */
const sentences = subjects.flatMap((subject) => {
  const german = translatedWords(textOf(`de/${subject}.de.ts`))
  return [...englishWords(textOf(`en/${subject}.en.ts`))].map(([name, english]) => ({
    name: `${subject}.${name}`,
    key: wordKey(english),
    english: JSON.stringify(english),
    german: german.get(name) ?? '',
  }))
})

test('K7: every file of the catalogue is part of the German one', () => {
  const german = textOf('de/german.ts')
  expect(subjects.filter((subject) => !german.includes(`./${subject}.de.ts`))).toEqual([])
})

test('K7: sentences with the same key mean the same; others get a `sense` of their own', () => {
  expect(sentences.length).toBeGreaterThan(10)
  const byKey = Map.groupBy(sentences, ({ key }) => key)
  const unlike = [...byKey.values()].filter(
    (same) => new Set(same.map(({ english, german }) => `${english} ${german}`)).size > 1,
  )
  expect(unlike).toEqual([])
})

test('K7: every sentence is calm and compiles, in each language', () => {
  for (const { name, german, english } of sentences) {
    expect([name, german]).toEqual([name, expect.stringMatching(/^[^!]+$/)])
    expect([name, german]).toEqual([name, expect.not.stringMatching(/\s$|^\s| {2}/)])
    expect([name, english]).toEqual([name, expect.not.stringMatching(/!/)])
    expect([name, compiledWord(german)]).toEqual([name, expect.anything()])
  }
})

function textOf(file: string): string {
  return readFileSync(join(FOLDER, file), 'utf8')
}
