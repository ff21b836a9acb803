import { describe, expect, it } from 'vitest'
import { messageAt } from './messages.examples.ts'
import { catchUpQuotes, excerptOf, foldQuotes, quoteOf, type HeldQuotes } from './quotes.fold.ts'

const original = messageAt(1, 3)
const held: HeldQuotes = { rev: 5, byId: { [original.id]: quoteOf(original) } }

describe('a quote', () => {
  it('changes with its message', () => {
    const data = messageAt(1, 6, { text: 'Said better' })
    const after = foldQuotes(held, { type: 'message.changed', data }, 6)
    expect(after).toEqual({ rev: 6, byId: { [original.id]: quoteOf(data) } })
    const changes = { lastSeq: 1, messages: [data], members: [], left: [] }
    expect(catchUpQuotes(held, { reset: false, rev: 6, ...changes })).toEqual(after)
  })

  it('of a removed message has no text', () => {
    const at = '2026-11-02T12:00:00.000Z'
    const data = messageAt(1, 6, { text: '', removed: { at, by: 'author' } })
    const { byId } = foldQuotes(held, { type: 'message.changed', data }, 6)
    expect(byId[original.id]).toMatchObject({ text: '', removed: true, rev: 6 })
  })

  it('stays the same object when something else happens, or what happened before', () => {
    const other = { type: 'message.posted', data: messageAt(9, 6) } as const
    expect(foldQuotes(held, other, 6).byId).toBe(held.byId)
    const older = { type: 'message.changed', data: messageAt(1, 2, { text: 'Older' }) } as const
    expect(foldQuotes(held, older, 6).byId).toBe(held.byId)
  })

  it('is there once its message is, which it was not before', () => {
    const data = messageAt(9, 6)
    const unknown = { ...held, byId: { [data.id]: null } }
    expect(foldQuotes(unknown, { type: 'message.posted', data }, 6).byId).toEqual({
      [data.id]: quoteOf(data),
    })
  })

  it('has to be loaded again when too much has changed', () => {
    expect(catchUpQuotes(held, { reset: true, rev: 900 })).toBeUndefined()
  })
})

describe('the beginning of a text', () => {
  it('is all of a short one', () => {
    expect(excerptOf('a'.repeat(280))).toBe('a'.repeat(280))
    expect(excerptOf('')).toBe('')
  })

  it('has whole characters', () => {
    expect(excerptOf('🔑'.repeat(280))).toBe('🔑'.repeat(280))
    expect(excerptOf('🔑'.repeat(300))).toBe('🔑'.repeat(280))
    expect(excerptOf(`a${'🔑'.repeat(5_000)}`)).toBe(`a${'🔑'.repeat(279)}`)
  })

  it('has no half mention at its end', () => {
    const mention = `<@${original.authorId}>`
    const fits = `${'a'.repeat(280 - mention.length)}${mention}`
    expect(excerptOf(`${fits} and more`)).toBe(fits)
    expect(excerptOf(`${'a'.repeat(260)}${mention} and more`)).toBe('a'.repeat(260))
    expect(excerptOf(`${'a'.repeat(279)}<@`)).toBe('a'.repeat(279))
  })

  it('depends on no more of it than the server reads', () => {
    const text = `${'x'.repeat(279)}<@and so on`
    expect(excerptOf(text.slice(0, 281))).toBe(excerptOf(text))
  })
})
