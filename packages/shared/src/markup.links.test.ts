import { afterAll, describe, expect, test } from 'vitest'
import { parseInlines } from './markup.inline.ts'
import { ADDRESS_MAX_CHARS } from './markup.links.ts'

describe('an address that goes where it says', () => {
  test.each([
    ['https', 'https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
    ['http', 'http://example.com', 'http://example.com/'],
    ['a port', 'http://localhost:3000/x', 'http://localhost:3000/x'],
    ['capitals', 'HTTPS://Example.COM/A', 'https://example.com/A'],
    ['mail', 'mailto:alice.meyer+chat@example.com', 'mailto:alice.meyer+chat@example.com'],
    ['a bare www', 'www.example.org/a?b', 'https://www.example.org/a?b'],
    ['a bare host', 'example.com', 'https://example.com/'],
    ['a bare host with a path', 'Docs.Example.io/a#b', 'https://docs.example.io/a#b'],
    ['a bare mail address', 'alice.meyer+chat@example.com', 'mailto:alice.meyer+chat@example.com'],
    ['brackets of its own', 'https://example.com/a_(b)', 'https://example.com/a_(b)'],
    [
      'letters of any script in its path',
      'https://example.com/ä/日',
      'https://example.com/%C3%A4/%E6%97%A5',
    ],
  ])('%s is a link, shown as it was written', (_, address, href) => {
    expect(splitLinks(`see ${address} there`)).toEqual([
      { at: 0, shown: 'see ', href: undefined },
      { at: 4, shown: address, href },
      { at: 4 + address.length, shown: ' there', href: undefined },
    ])
  })

  test.each([
    ['a full stop', 'https://example.com/a', '.'],
    ['a question', 'https://example.com/a', '?!'],
    ['a bracket that was open before', 'https://example.com/a', ').'],
    ['a Chinese full stop', 'https://example.com/a', '。'],
    ['a tag', 'https://example.com/a', '<b>'],
    ['a quote', 'https://example.com/a', '"onclick=own()'],
    ['a backslash', 'https://example.com/a', String.raw`\@evil.example`],
    ['an override of the direction', 'https://example.com/a', '\u202Egpj.exe'],
    ['an isolate', 'https://example.com/a', '\u2066evil.example'],
    ['a zero-width space', 'https://example.com/a', '\u200Bevil.example'],
    ['a byte order mark', 'https://example.com/a', '\uFEFFevil.example'],
    ['a control', 'https://example.com/a', '\u0001evil.example'],
    ['a tag character', 'https://example.com/a', '\u{E0041}evil.example'],
  ])('%s ends it', (_, address, rest) => {
    expect(splitLinks(address + rest)).toEqual([
      { at: 0, shown: address, href: address },
      { at: address.length, shown: rest, href: undefined },
    ])
  })
})

describe('an address in disguise shows its true host', () => {
  test.each([
    ['letters of two scripts', 'https://\u0430pple.com/login', 'https://xn--pple-43d.com/login'],
    [
      'letters of one other script',
      'https://\u0430\u0440\u0440\u04CF\u0435.com',
      'https://xn--80ak6aa92e.com',
    ],
    ['letters with marks', 'https://m\u00FCnchen.example/', 'https://xn--mnchen-3ya.example/'],
    [
      'a slash that is none',
      'https://bank.example\u2044x.evil.example/',
      'https://bank.xn--examplex-k03d.evil.example/',
    ],
    ['wide letters', 'https://\uFF45\uFF56\uFF49\uFF4C.example', 'https://evil.example'],
    ['a full stop that is none', 'https://evil\u3002example', 'https://evil.example'],
    ['a number', 'http://2130706433/x', 'http://127.0.0.1/x'],
    ['a hexadecimal number', 'http://0x7f.1/', 'http://127.0.0.1/'],
    ['escapes', 'https://ev%69l.example/', 'https://evil.example/'],
    ['a slash too many', 'https:///evil.example', 'https://evil.example/'],
  ])('%s', (_, address, shown) => {
    expect(links(address)).toEqual([[shown, new URL(address).href]])
  })
})

describe('an address that is not a web or mail address stays text', () => {
  test.each([
    'javascript:own()',
    'JaVaScRiPt:own()',
    'java\tscript:own()',
    'java\u0000script:own()',
    '\u0001javascript:own()',
    'javascript://example.com/%0Aown()',
    'javascript&colon;own()',
    'data:text/html,<script>own()</script>',
    'data:text/html;base64,PHNjcmlwdD5vd24oKTwvc2NyaXB0Pg==',
    'vbscript:own()',
    'file:///etc/passwd',
    'ftp://example.com/a',
    'ws://example.com/a',
    'about:blank',
    'intent://example.com#Intent;end',
    '//evil.example/a',
    'file.txt',
    'example.com_',
    'x@example.com@y',
    'http:/example.com',
    'http//example.com',
    'http://',
    'https://?',
    'https://[::1',
    'https://example.com:99999/',
    'http\u017F://example.com',
    'https://bank.example@evil.example/',
    'https://bank.example%40:x@evil.example/',
    'https://:secret@evil.example/',
    'mailto:alice@example.com?bcc=evil@example.com',
    'mailto:alice%0Abcc:evil@example.com',
    'mailto:alice',
  ])('%j', (text) => {
    expect(splitLinks(text)).toEqual([{ at: 0, shown: text, href: undefined }])
  })

  test('an address over the limit', () => {
    const longest = 'https://example.com/'.padEnd(ADDRESS_MAX_CHARS, 'a')
    expect(links(longest)).toEqual([[longest, longest]])
    expect(links(`${longest}a`)).toEqual([])
  })

  test.each([
    'blob:https://example.com/1',
    'view-source:https://example.com/1',
    'javascript:https://example.com/1',
  ])('of %s only the address inside leads anywhere', (text) => {
    expect(links(text)).toEqual([['https://example.com/1', 'https://example.com/1']])
  })
})

describe('a text made to be slow to parse', () => {
  const TEXT_MAX = 16_000
  const figures: string[] = []
  // Printed for information only: the machine may be busy.
  afterAll(() => console.info(`cut at their addresses: ${figures.join(', ')}`))

  const fill = (unit: string) => unit.repeat(Math.floor(TEXT_MAX / unit.length))
  test.each([
    ['full stops', 'http://a' + fill('.') + 'x'],
    ['brackets', 'http://a' + fill(')') + 'x'],
    ['open brackets', 'http://a' + fill('(')],
    ['addresses', fill('http://a ')],
    ['addresses without a space', fill('http://a,')],
    ['beginnings of addresses', fill('http://')],
    ['mailboxes', 'mailto:' + fill('a.') + '@' + fill('a.')],
    ['mailboxes without an end', fill('mailto:a@')],
    ['at signs', fill('@')],
    ['slashes', 'https:' + fill('/')],
    ['letters', fill('h')],
  ])('of %s loses nothing and finds no address over the limit', (name, text) => {
    const began = performance.now()
    const parts = splitLinks(text)
    figures.push(`${name} ${(performance.now() - began).toFixed(1)} ms`)
    expect(parts.map(({ shown }) => shown).join('')).toBe(text)
    expect(parts.every(({ shown, href }) => !href || shown.length <= ADDRESS_MAX_CHARS)).toBe(true)
  })
})

function links(text: string): (string | undefined)[][] {
  return splitLinks(text)
    .filter(({ href }) => href !== undefined)
    .map(({ shown, href }) => [shown, href])
}

interface Part {
  at: number
  shown: string
  href: string | undefined
}

/** A text cut at its addresses. */
function splitLinks(text: string): Part[] {
  const parts: Part[] = []
  for (const inline of parseInlines(text)) {
    const at = parts.reduce((length, { shown }) => length + shown.length, 0)
    const shown = inline.kind === 'link' ? textOf(inline.inlines) : textOf([inline])
    parts.push({ at, shown, href: inline.kind === 'link' ? inline.href : undefined })
  }
  return parts
}

function textOf(inlines: ReturnType<typeof parseInlines>): string {
  return inlines.map((inline) => ('text' in inline ? inline.text : '?')).join('')
}
