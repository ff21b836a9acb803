import { Id } from '@conclave/shared/ids'
import { Type, type Static } from 'typebox'
import { Check } from 'typebox/value'
import { problem } from '../../problem.ts'

/** Where a page ended: when its last message was said, and which it is. It contains nothing that the page did not. */
const SearchPlace = Type.Object({
  at: Type.Integer({ minimum: 0, maximum: 8.64e15 }),
  roomId: Id,
  seq: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
})
export type SearchPlace = Static<typeof SearchPlace>

export function writePlace({ at, roomId, seq }: SearchPlace): string {
  return Buffer.from(JSON.stringify([at, roomId, seq])).toString('base64url')
}

/** Parses a cursor, which a client may have made up. Problems: `invalid-request`. */
export function readPlace(written: string | undefined): SearchPlace | undefined {
  if (written === undefined) return undefined
  const place = parsed(written)
  if (Check(SearchPlace, place)) return place
  const detail = 'cursor has to be the next of a page'
  throw problem('invalid-request', [{ pointer: '/querystring/cursor', detail }])
}

function parsed(written: string): unknown {
  try {
    const [at, roomId, seq] = JSON.parse(Buffer.from(written, 'base64url').toString('utf8'))
    return { at, roomId, seq }
  } catch {
    return undefined
  }
}
