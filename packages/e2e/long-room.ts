import type { Stack } from '@conclave/dev-stack/stack'
import { addMember } from '@conclave/shared/members'
import { getMe } from '@conclave/shared/people'
import { createRoom } from '@conclave/shared/rooms.create'
import { setReads } from '@conclave/shared/rooms.reads'
import postgres from 'postgres'
import { v7 } from 'uuid'
import { expect, type Page } from '@playwright/test'
import { rooms, waitUntilLive, type Name } from './actions.ts'
import { callAs } from './api-client.ts'

const POSTED_AT_ONCE = 1_000

export interface LongRoom {
  id: string
  name: string
  /** The text of the message with this seq. */
  textOf: (seq: number) => string
  idOf: (seq: number) => string
}

/**
 * A room of Carol's with so many messages, all said just now. It is filled past the api, which lets nobody say so much so
 * fast. These people are in it: so many of them have they read. They are added first, which the room does not say then.
 */
export async function longRoom(
  stack: Stack,
  options: { name: string; count: number; people: Partial<Record<Name, number>> },
): Promise<LongRoom> {
  const { name, count, people } = options
  const carol = await callAs(stack, 'carol')
  const { id: roomId } = await carol(createRoom, { body: { kind: 'closed', name } })
  const params = { roomId }
  const author = await carol(getMe, {})
  const calls = await Promise.all(
    Object.keys(people).map((person) => callAs(stack, person as Name)),
  )
  for (const call of calls) {
    const { id: personId } = await call(getMe, {})
    await carol(addMember, { params, body: { personId } })
  }
  const ids = Array.from({ length: count }, () => v7())
  const textOf = (seq: number) => `${name}, line ${seq} of many.`
  const texts = ids.map((_, nth) => textOf(nth + 1))
  await post(stack, { roomId, authorId: author.id, ids, texts })
  for (const [nth, seq] of Object.values(people).entries())
    await calls[nth]!(setReads, { body: { rooms: [{ roomId, seq }] } })
  return { id: roomId, name, textOf, idOf: (seq) => ids[seq - 1]! }
}

async function post(
  stack: Stack,
  options: { roomId: string; authorId: string; ids: string[]; texts: string[] },
): Promise<void> {
  const { roomId, authorId, ids, texts } = options
  const sql = postgres(stack.database, { max: 1 })
  const now = Date.now() / 1_000
  for (let from = 0; from < ids.length; from += POSTED_AT_ONCE) {
    const some = ids.slice(from, from + POSTED_AT_ONCE)
    const same = <Value>(value: Value) => some.map(() => value)
    await sql`
      select from post_messages(
        ${some}::uuid[], ${same(roomId)}::uuid[], ${same(authorId)}::uuid[], ${same(null)}::uuid[],
        ${same(now)}::float8[], ${texts.slice(from, from + POSTED_AT_ONCE)}::text[]
      )`
  }
  await sql.end()
}

/**
 * Opens it once the page knows everything that was said in it, and that it was read: it hears nothing of what is filled past
 * the api.
 */
export async function openRead(page: Page, { name }: LongRoom): Promise<void> {
  await page.reload()
  await waitUntilLive(page)
  await rooms(page).getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
}
