import { array, assert, constantFrom, property } from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { Block, Inline } from './markup.ts'
import { isInOpenFence, parseMarkup } from './markup.parse.ts'
import { firstLines, plainText } from './markup.plain.ts'
import { mentionsIn } from './mentions.ts'

const BOB = '01900000-0000-7000-8000-000000000002'
const TEXT_MAX = 16_000

describe('C5: inside a line', () => {
  test.each([
    ['**bold**', '<strong>bold</strong>'],
    ['*italic* and _italic_', '<emphasis>italic</emphasis> and <emphasis>italic</emphasis>'],
    ['~~gone~~', '<strike>gone</strike>'],
    ['***both***', '<strong><emphasis>both</emphasis></strong>'],
    ['**a *b* c**', '<strong>a <emphasis>b</emphasis> c</strong>'],
    ['**a *b** c*', '<strong>a *b</strong> c*'],
    ['这是**重要**的', '这是<strong>重要</strong>的'],
    ['`a * b`', '<code>a * b</code>'],
    ['`` a ` b ``', '<code>a ` b</code>'],
    ['` a`, `a ` and `   `', '<code> a</code>, <code>a </code> and <code>   </code>'],
    ['`**not bold**`', '<code>**not bold**</code>'],
    ['[docs](https://example.com/a_(b))', '<link https://example.com/a_(b)>docs</link>'],
    ['[**docs**](example.com)', '<link https://example.com/><strong>docs</strong></link>'],
    ['<https://example.com/>', '<<link https://example.com/>https://example.com/</link>>'],
    [
      '**https://example.com/**',
      '<strong><link https://example.com/>https://example.com/</link></strong>',
    ],
    [`<@${BOB}>, **<!here>**`, `<mention ${BOB}>, <strong><everybody here></strong>`],
  ])('%s', (text, shape) => {
    expect(shapeOf(text)).toBe(`<p>${shape}</p>`)
  })

  test.each([
    '2*3*4',
    'snake_case_name',
    '__init__',
    'a * b * c',
    '*open',
    '** a **',
    '****',
    '~approx~',
    '`open',
    '<b>html</b>',
    '[x](javascript:own())',
    '[x]',
    '# no heading',
    '![x](y)',
    '<@bob>',
    '<!everyone>',
    'a | b',
  ])('what is no markup stays as it was written: %s', (text) => {
    expect(shapeOf(text)).toBe(`<p>${text}</p>`)
  })

  test('a backslash takes the meaning from a sign', () => {
    expect(shapeOf(String.raw`\*a\* \`b\` \<@${BOB}> C:\dir`)).toBe(
      `<p>*a* \`b\` <@${BOB}> C:\\dir</p>`,
    )
  })
})

describe('C5: blocks', () => {
  test.each([
    ['a\nb\n\nc', '<p>a\nb</p><p>c</p>'],
    ['a\n> b\n> c\nd', '<p>a</p><quote><p>b\nc</p></quote><p>d</p>'],
    ['> > a', '<quote><quote><p>a</p></quote></quote>'],
    ['- a\n- b', '<list><item><p>a</p></item><item><p>b</p></item></list>'],
    ['3. a\n4. b', '<list 3><item><p>a</p></item><item><p>b</p></item></list>'],
    [
      '- a\n  - b\n- c',
      '<list><item><p>a</p><list><item><p>b</p></item></list></item><item><p>c</p></item></list>',
    ],
    ['- a\n1. b', '<list><item><p>a</p></item></list><list 1><item><p>b</p></item></list>'],
    ['-a', '<p>-a</p>'],
    ['```TS\nlet *a*\n\n<@x>\n```\nb', '<code ts>let *a*\n\n<@x></code><p>b</p>'],
    ['~~~\n```\n~~~', '<code >```</code>'],
    ['```js', '<p>```js</p>'],
    ['```js\n```', '<p><code>js\n</code></p>'],
    ['```\nnever closed', '<code >never closed</code>'],
    ['> ```\n> a\n> ```', '<quote><code >a</code></quote>'],
    ['a\r\nb\rc', '<p>a\nb\nc</p>'],
  ])('%j', (text, shape) => {
    expect(shapeOf(text)).toBe(shape)
  })
})

test('C5: quotes deeper than anybody means are text', () => {
  const blocks = parseMarkup(`${'>'.repeat(10_000)}a`)
  expect(JSON.stringify(blocks).length).toBeLessThan(11_000)
  expect(plainText(`${'> '.repeat(5_000)}a`, String)).toContain('a')
})

test('C13: mentions are found wherever they are shown, once each, and not in code', () => {
  const text = `- <@${BOB}>\n> **<@${BOB}>** <!here>\n\n\`<@${BOB.replace(/2$/, '3')}>\`\n\`\`\`\n<!room>\n\`\`\``
  expect(mentionsIn(text)).toEqual({ people: [BOB], notifies: 'here' })
  expect(mentionsIn('<!here> <!room>')).toEqual({ people: [], notifies: 'room' })
  expect(mentionsIn('nobody')).toEqual({ people: [], notifies: undefined })
})

test('the words of a text without its markup', () => {
  const text = `**Hi** <@${BOB}>, see [this](https://example.com)\n\n> - \`a\`\n\`\`\`\nb\n\`\`\``
  expect(plainText(text, () => 'Bob')).toBe('Hi @Bob, see this\na\nb')
  expect(firstLines(text, 2, () => 'Bob')).toEqual(['Hi @Bob, see this', 'a'])
})

test('C26: whatever is written is parsed, its letters are kept, and none are added', () => {
  const piece = constantFrom(
    '*',
    '**',
    '_',
    '~~',
    '~~~',
    '`',
    '```',
    '\n',
    '> ',
    '- ',
    '1. ',
    '[',
    '](',
    ')',
    'a',
    'b ',
    '<@',
    BOB,
    '>',
    '\\',
    ' ',
    'http://x.com',
  )
  assert(
    property(array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join('')
      // A link's address and the language of code are not among the words, and a mention's id is a name.
      const plain = plainText(text, () => '')
      const shown = letters(plain) + letters(languagesIn(parseMarkup(text)))
      const written = letters(text.replaceAll(BOB, '').replaceAll(/\]\([^)]*\)/g, ''))
      expect(shown.length).toBeGreaterThanOrEqual(written.length)
      expect(plain.length).toBeLessThanOrEqual(text.length + 1)
    }),
    { numRuns: 2_000 },
  )
})

describe('C26: a text made to be slow to parse', () => {
  const figures: string[] = []
  // Printed for information only: the machine may be busy.
  afterAll(() => console.info(`parsed: ${figures.join(', ')}`))

  test.each([
    '*',
    '**a',
    '*a',
    'a*',
    '_a',
    '~~a',
    '`',
    '`a``b',
    '[',
    '[a](',
    '](',
    '[a\\',
    '<@',
    '> ',
    '>\n',
    '- ',
    '1. ',
    '- a\n',
    '  - a\n',
    '\n',
    '```\n',
    '~',
    '\\',
    'www.',
    'a.',
    'a@',
    '[a](b)',
    '*_',
    '**_~~a',
  ])('of %j', (unit) => {
    const began = performance.now()
    const blocks = parseMarkup(fill(unit))
    figures.push(`${JSON.stringify(unit)} ${(performance.now() - began).toFixed(1)} ms`)
    // A tree much larger than its text would be slow to show.
    expect(nodesIn(blocks)).toBeLessThanOrEqual(TEXT_MAX * 2)
  })
})

describe('C26: what could be shared out between two repetitions takes no longer than other text', () => {
  const LENGTH = 4 * TEXT_MAX

  test.each([
    ['```', ' ', '!'],
    ['~~~', '\t', '!'],
    ['```js', ' ', '!'],
    ['[a](', ' ', 'x'],
    ['[a](b', ' ', 'x'],
    ['[a](', 'b', '('],
    ['- ', ' ', ''],
    ['` ', 'a', '`'],
    ['` ', 'a ', 'a`'],
    ['a', ' ', 'b'],
  ])('%j, then many of %j, then %j', (before, unit, after) => {
    const text = before + unit.repeat(LENGTH / unit.length) + after
    const times = Array.from({ length: 3 }, () => {
      const began = performance.now()
      parseMarkup(text)
      return performance.now() - began
    })
    // Linear: a few ms. Quadratic: over a second. The best of three, because the machine may be busy.
    expect(Math.min(...times)).toBeLessThan(400)
  })
})

function nodesIn(tree: unknown): number {
  if (Array.isArray(tree)) return tree.reduce((sum: number, one) => sum + nodesIn(one), 0)
  if (typeof tree !== 'object' || tree === null) return 0
  return 1 + Object.values(tree).reduce((sum: number, one) => sum + nodesIn(one), 0)
}

function shapeOf(text: string): string {
  return parseMarkup(text).map(blockShape).join('')
}

function blockShape(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${inlineShapes(block.inlines)}</p>`
    case 'code':
      return `<code ${block.language}>${block.text}</code>`
    case 'quote':
      return `<quote>${block.blocks.map(blockShape).join('')}</quote>`
    case 'list': {
      const items = block.items.map((item) => `<item>${item.map(blockShape).join('')}</item>`)
      return `<list${block.start === undefined ? '' : ` ${block.start}`}>${items.join('')}</list>`
    }
  }
}

function inlineShapes(inlines: readonly Inline[]): string {
  return inlines.map(inlineShape).join('')
}

function inlineShape(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return inline.text
    case 'code':
      return `<code>${inline.text}</code>`
    case 'link':
      return `<link ${inline.href}>${inlineShapes(inline.inlines)}</link>`
    case 'mention':
      return `<mention ${inline.personId}>`
    case 'everybody':
      return `<everybody ${inline.notifies}>`
    case 'strong':
    case 'emphasis':
    case 'strike':
      return `<${inline.kind}>${inlineShapes(inline.inlines)}</${inline.kind}>`
  }
}

function languagesIn(blocks: readonly Block[]): string {
  return blocks.map(languageIn).join('')
}

function languageIn(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return ''
    case 'code':
      return block.language
    case 'quote':
      return languagesIn(block.blocks)
    case 'list':
      return block.items.map(languagesIn).join('')
  }
}

function letters(text: string): string {
  return text.replaceAll(/[^ab]/g, '')
}

function fill(unit: string): string {
  return unit.repeat(Math.floor(TEXT_MAX / unit.length))
}

describe('D1: the caret, written as |, is in a fence that is not closed', () => {
  test.each([
    '```js|',
    '```js\n|',
    '```\n\n|',
    '```\ncode|',
    '~~~~\n~~~|',
    '```\na\n```\n\n```\nb|',
    '```\nb|\nc',
    'text\n```\na\n``` js|',
    '> ```js|',
    '> ```js\n> code|',
    '- item\n- ```js\n  code|',
  ])('%j', (text) => {
    expect(isInOpenFence(...caretIn(text))).toBe(true)
  })

  test.each([
    '|',
    '``|',
    'text|',
    '|```js',
    'text|\n```js\ncode',
    '```js\ncode\n```|',
    '```js\ncode|\n```',
    '```\na|\n```\n\n```\nb',
    '```\ncode\n```\ntext|',
    '~~~\ncode\n~~~~|',
    'with `` ``` `` in it|',
    '    ```js|',
    '> ```js\ntext|',
    '- ```js\n\ntext|',
    '> ```js\n> code\n> ```|',
  ])('not in %j', (text) => {
    expect(isInOpenFence(...caretIn(text))).toBe(false)
  })

  test('of a very long text that is told at once', () => {
    const began = process.threadCpuUsage()
    for (const text of ['`', '```\n', '~~~ js\n', '> ```\n', '- ```\n', '*a* ', '\n'])
      isInOpenFence(text.repeat(100_000 / text.length), 99_000)
    expect(process.threadCpuUsage(began).user).toBeLessThan(5_000_000)
  })
})

function caretIn(text: string): [text: string, caret: number] {
  return [text.replace('|', ''), text.indexOf('|')]
}
