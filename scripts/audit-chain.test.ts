import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { followChain } from './audit-chain.ts'

const ENTRIES = 9
const chain = chainOf(ENTRIES, 'alice')

type Tampering = [what: string, tamper: (lines: string[]) => string[], named: string]

const TAMPERINGS: Tampering[] = [
  [
    'an altered text',
    at(4, (line) => line.replace('alice', 'mallo')),
    'entry 4 was altered: its text',
  ],
  [
    'a replaced hash',
    at(4, (line) => `${'a'.repeat(64)}${line.slice(64)}`),
    'entry 4 was altered: its hash',
  ],
  [
    'text and hash replaced together',
    at(4, hashedAnew),
    'entry 4 was altered, and its hash with it',
  ],
  [
    'the last entry altered',
    at(9, (line) => line.replace('alice', 'mallo')),
    'entry 9 was altered',
  ],
  [
    'another number',
    at(4, (line) => line.replace('"number" : 4', '"number" : 7')),
    'entry 4 was altered: it says that it is entry 7',
  ],
  [
    'the number of the last',
    at(9, (line) => line.replace('"number" : 9', '"number" : 11')),
    'entry 9 was altered: it says that it is entry 11',
  ],
  [
    'a smaller number',
    at(4, (line) => line.replace('"number" : 4', '"number" : 2')),
    'entry 4 was altered: it says that it is entry 2',
  ],
  ['an entry removed', (lines) => lines.toSpliced(3, 1), 'entry 4 is missing'],
  ['several removed', (lines) => lines.toSpliced(3, 3), 'entries 4 to 6 are missing'],
  ['the beginning removed', (lines) => lines.slice(2), 'entries 1 to 2 are missing'],
  ['two neighbours swapped', (lines) => swapped(lines, 3, 4), 'entry 4 stands after entry 5'],
  ['two far ones swapped', (lines) => swapped(lines, 1, 7), 'entry 2 stands after entry 8'],
  [
    'an entry doubled',
    (lines) => lines.toSpliced(4, 0, lines[3]!),
    'entry 4 stands once more, after entry 4',
  ],
  [
    'an old one repeated',
    (lines) => lines.toSpliced(7, 0, lines[1]!),
    'entry 2 stands once more, after entry 7',
  ],
  [
    'an entry made up',
    (lines) => lines.toSpliced(3, 0, lines[3]!.replace('alice', 'mallo')),
    'entry 4 stands twice, and the first of the two was added',
  ],
  ['a line that is none', at(4, () => 'nothing'), 'entry 4 is not of the form of an export'],
  [
    'an empty line',
    (lines) => lines.toSpliced(3, 0, ''),
    'entry 4 is not of the form of an export',
  ],
  [
    'a line cut short',
    at(9, (line) => line.slice(0, -1)),
    'entry 9 is not of the form of an export',
  ],
  ['a space added', at(4, (line) => line.replace('}', ' }')), 'entry 4 was altered: its text'],
  [
    'line ends of another system',
    (lines) => lines.map((line) => `${line}\r`),
    'entry 1 is not of the form of an export',
  ],
]

describe('the audit chain', () => {
  it('is followed to its end, which is reported', async () => {
    expect(await follow(chain)).toEqual({
      intact: true,
      last: { number: ENTRIES, hash: chain.at(-1)!.slice(0, 64) },
    })
    expect(await follow([])).toEqual({ intact: true, last: { number: 0, hash: '0'.repeat(64) } })
  })

  it.each(TAMPERINGS)('names the first entry that does not fit: %s', async (_, tamper, named) => {
    expect(await follow(tamper([...chain]))).toEqual({ intact: false, complaint: named })
  })

  it('notices any changed byte, and which entry it is in', async () => {
    for (const [index, line] of chain.entries()) {
      for (let place = 0; place < line.length; place += 7) {
        const other = line.charAt(place) === 'x' ? 'y' : 'x'
        const tampered = `${line.slice(0, place)}${other}${line.slice(place + 1)}`
        const verdict = await follow(chain.with(index, tampered))
        expect(verdict).toMatchObject({ intact: false })
        expect((verdict as { complaint: string }).complaint).toMatch(`entry ${index + 1} `)
      }
    }
  })

  it('cannot show an end that was cut off, but the log can', async () => {
    const cut = chain.slice(0, 6)
    expect(await follow(cut)).toMatchObject({ intact: true, last: { number: 6 } })
    expect(await follow(cut, logOf(chain))).toEqual({
      intact: false,
      complaint: 'entries 7 to 9 are missing',
    })
    expect(await follow(chain, logOf(chain))).toMatchObject({ intact: true })
  })

  it('cannot show that everything was rewritten, but the log can', async () => {
    const anew = chainOf(ENTRIES, 'mallory')
    expect(await follow(anew)).toMatchObject({ intact: true })
    expect(await follow(anew, logOf(chain.slice(2)))).toEqual({
      intact: false,
      complaint: 'entry 3 is not the one that was logged',
    })
  })
})

async function follow(lines: string[], logged?: Map<number, string>) {
  const buffers = (async function* buffers() {
    for (const line of lines) yield Buffer.from(line)
  })()
  return followChain(buffers, logged)
}

/** Text beyond ASCII, and characters at which a careless reader splits a line. */
function entryOf(number: number, previous: string, who: string): string {
  const text = `{"number" : ${number}, "previous" : "${previous}", "by" : "${who}", "after" : "ö\u2028😀"}`
  return `${hashOf(text)} ${text}`
}

function chainOf(length: number, who: string): string[] {
  const lines: string[] = []
  for (let number = 1; number <= length; number += 1) {
    lines.push(entryOf(number, lines.at(-1)?.slice(0, 64) ?? '0'.repeat(64), who))
  }
  return lines
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function logOf(lines: string[]): Map<number, string> {
  return new Map(
    lines.map((line) => [Number(/"number" : (\d+)/.exec(line)![1]), line.slice(0, 64)] as const),
  )
}

function at(number: number, alter: (line: string) => string): (lines: string[]) => string[] {
  return (lines) => lines.with(number - 1, alter(lines[number - 1]!))
}

function swapped(lines: string[], one: number, other: number): string[] {
  return lines.with(one, lines[other]!).with(other, lines[one]!)
}

/** As by somebody who can compute hashes, and does. */
function hashedAnew(line: string): string {
  const text = line.slice(65).replace('alice', 'mallo')
  return `${hashOf(text)} ${text}`
}
