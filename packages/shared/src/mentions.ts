import type { Notifies } from './messages.ts'

/** How many people one message can mention by name. */
export const MENTIONS_MAX = 20

const PERSON = /<@([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})>/g
const EVERYBODY = /<!(room|here)>/g

/** Whom a text mentions: people by id, each once; and whether it notifies everybody. */
export interface Mentions {
  people: string[]
  notifies: Notifies | undefined
}

/** The mentions in a text as it is stored. */
export function mentionsIn(text: string): Mentions {
  const people = new Set([...text.matchAll(PERSON)].map(([, id]) => id as string))
  const everybody = new Set([...text.matchAll(EVERYBODY)].map(([, whom]) => whom))
  const notifies = everybody.has('room') ? 'room' : everybody.has('here') ? 'here' : undefined
  return { people: [...people], notifies }
}
