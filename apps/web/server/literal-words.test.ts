import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { literalWords } from './literal-words.ts'
import { physicalSides } from './physical-sides.ts'

const SOURCE = new URL('../src/', import.meta.url).pathname

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.(?:tsx?|css)$/.test(file),
)
const code = files.filter((file) => /(?<!\.test)\.tsx?$/.test(file) && !file.startsWith('words/'))

test('K7: no word that people read is in the code', () => {
  expect(code.length).toBeGreaterThan(100)
  expect([...code, '../public/start.js'].flatMap((file) => inFile(file, literalWords))).toEqual([])
  const page = textOf('../index.html')
  const words = page.replaceAll(/<[^>]*>|%\w+%|\bConclave\b/g, '')
  expect(words.trim()).toBe('')
})

test('K7: nothing is said to be left or right where it is meant to be the start or the end', () => {
  const watched = files.filter((file) => !file.endsWith('.test.ts'))
  expect(watched.flatMap((file) => inFile(file, physicalSides))).toEqual([])
})

test('K7: one place makes the formats of dates, numbers and lists', () => {
  const formats =
    /new Intl\.(?!Segmenter|DateTimeFormat\(\)\.resolvedOptions)|\.toLocale(?:Date|Time)?String\(/
  expect(code.filter((file) => formats.test(textOf(file)))).toEqual([])
  expect(formats.test(textOf('words/dates.ts'))).toBe(true)
})

describe('words are found', () => {
  test.each([
    ['between tags', '<p>Jump to latest</p>'],
    ['between tags, in lower case', '<p>{count} left</p>'],
    ['in braces', "<p>{'unread'}</p>"],
    ['in a choice', "<p>{isOld ? 'old' : t(words.fresh)}</p>"],
    ['in a template', '<p>{`${count} unread`}</p>'],
    ['in a label', '<button aria-label="send" />'],
    ['in a choice of a label', "<img alt={isOwn ? 'mine' : ''} />"],
    ['in a title', '<abbr title={`${name}: away`} />'],
    ['in a placeholder', '<input placeholder="find" />'],
    ['in a property of ours', '<Row rule="nothing notifies" />'],
    ['in a table', "const NAMES = { away: 'Away' }"],
    ['in an answer', "function reason() { return 'The server is not responding.' }"],
    ['in what is announced', 'announce(`${count} new messages`)'],
    ['in the title of the page', "document.title = 'Rooms'"],
  ])('%s', (_, source) => {
    expect(literalWords(source)).toHaveLength(1)
  })

  test.each([
    ['a class', '<p className="flex appear grow" />'],
    ['a key of the keyboard', "if (event.key === 'Enter') send()"],
    ['a key in a table', "const KEYS = { open: 'Enter' }"],
    ['a selector', "target.matches('input, textarea, select')"],
    ['a key in a table of keys', "const KEYS = { send: [{ key: 'Enter' }] }"],
    ['what developers read', "console.error('Conclave has no configuration yet.')"],
    ['an error that nobody is shown', "throw new TypeError('No such place')"],
    ['a type', "const kind: 'Open' | 'Closed' = open"],
    ['a sentence of the catalogue', '<p title={t(words.today)}>{t(words.today)}</p>'],
    ['a name', '<p>{name}: {text}</p>'],
  ])('%s is none', (_, source) => {
    expect(literalWords(source)).toEqual([])
  })
})

describe('sides are found', () => {
  test.each([
    '-ml-2',
    'touch:pr-4',
    'text-left',
    'border-l',
    'rounded-tr-sm',
    'right-0',
    'left-1/2',
  ])('%s', (name) => expect(physicalSides(`<p className="flex ${name} grow" />`)).toHaveLength(1))
  test.each([
    'margin-left: 1px;',
    'text-align: right;',
    'left: 0;',
    'border-top-left-radius: 1px;',
  ])('%s', (line) => expect(physicalSides(`p {\n  ${line}\n}`)).toHaveLength(1))
  test.each(['ms-2', 'text-start', 'rounded-s-sm', 'place-self-end', 'end-0', 'inset-x-0'])(
    'not %s',
    (name) => expect(physicalSides(`<p className="flex ${name} grow" />`)).toEqual([]),
  )
})

function inFile(file: string, find: (text: string) => string[]): string[] {
  return find(textOf(file)).map((found) => `${file}:${found}`)
}

function textOf(file: string): string {
  return readFileSync(join(SOURCE, file), 'utf8')
}
