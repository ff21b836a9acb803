import { Id, WRITTEN_PATTERN } from '@conclave/shared/ids'
import { Type, type Static } from 'typebox'
import { Check } from 'typebox/value'
import { problem } from '../../problem.ts'

/** The cursor of a directory page: the sort position of its last entry. It contains nothing that the page did not. */
const DirectoryPlace = Type.Object({
  sortName: Type.String({ pattern: WRITTEN_PATTERN }),
  id: Id,
})
export type DirectoryPlace = Static<typeof DirectoryPlace>

export function writePlace({ sortName, id }: DirectoryPlace): string {
  return Buffer.from(JSON.stringify([sortName, id])).toString('base64url')
}

/** Parses a cursor, which a client may have made up. Problems: `invalid-request`. */
export function readPlace(written: string | undefined): DirectoryPlace | undefined {
  if (written === undefined) return undefined
  const place = parsed(written)
  if (Check(DirectoryPlace, place)) return place
  const detail = 'after has to be the next of a page'
  throw problem('invalid-request', [{ pointer: '/querystring/after', detail }])
}

function parsed(written: string): unknown {
  try {
    const [sortName, id] = JSON.parse(Buffer.from(written, 'base64url').toString('utf8'))
    return { sortName, id }
  } catch {
    return undefined
  }
}
