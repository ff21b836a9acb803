import { getRoom, type Room } from '@conclave/shared/rooms'
import type { Person } from './person.ts'
import type { Subscriber } from './subscriber.ts'

/** The names of those whose row of the room does not show what they would be told of it if they asked now. */
export async function miscounting(
  roomId: string,
  people: readonly Person[],
  subscribers: readonly Subscriber[],
): Promise<string[]> {
  const wrong = await Promise.all(
    people.map(async ({ call, name }) => {
      const fetched = await call(getRoom, { params: { roomId } })
      const held = subscribers.find((subscriber) => subscriber.name === name)?.line()
      return held && shownOf(held) === shownOf(fetched) ? [] : [name]
    }),
  )
  return wrong.flat()
}

/** How far it is read, and whether something in it is unread or mentions me. */
function shownOf({ rev, lastSeq, readSeq, mentions }: Room): string {
  return JSON.stringify([rev, lastSeq, readSeq, (mentions?.seqs.length ?? 0) > 0])
}
