import type postgres from 'postgres'
import type { Audit, Posted } from './contestant.ts'
import type { Crowd } from './crowd.ts'
import { storedInOrder } from './stored-in-order.ts'

/** Checks that each acknowledged message is stored once, with its author, text and place. */
export async function auditConclave(
  sql: postgres.Sql,
  roomIds: readonly string[],
  crowd: Crowd,
  posts: readonly Posted[],
): Promise<Audit> {
  const stored = new Map<string, { room: number; seq: number }>()
  const rows = sql<{ id: string; roomId: string; authorId: string; text: string; seq: number }[]>`
    select id, room_id as "roomId", author_id as "authorId", text, seq::int as seq
    from messages
    where room_id = any (${[...roomIds]}::uuid[])
      and id = any (${posts.map(({ id }) => id)}::uuid[])`
  const byId = new Map(posts.map((post) => [post.id, post]))
  for (const { id, roomId, authorId, text, seq } of await rows) {
    const post = byId.get(id)
    const isSame =
      post !== undefined &&
      roomIds[post.room] === roomId &&
      crowd.idOf(post.client) === authorId &&
      post.text === text &&
      post.seq === seq &&
      !stored.has(id)
    if (isSame) stored.set(id, { room: post.room, seq })
  }
  return { acknowledged: posts.length, kept: storedInOrder(posts, (id) => stored.get(id)?.seq) }
}
