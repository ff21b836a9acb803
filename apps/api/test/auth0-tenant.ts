import { expect } from 'vitest'
import { arrive, type Colleague } from './data-people.ts'
import { EVENTS_SECRET, type Harness, startHarness } from './harness.ts'
import { send } from './raw-request.ts'

export const MALLORY = 'mallory@example.com'

interface PostOptions {
  authorization?: string | undefined
  url?: string
}

/** Alice owns the workspace; Mallory is blocked and unblocked at Auth0, with or without events. */
export interface Auth0Tenant {
  harness: Harness
  alice: Colleague
  mallory: Colleague
  /** Whether Mallory would be accepted with a new token. */
  isIn: () => Promise<boolean>
  /** An event about her as Auth0 would send it, with a new id. */
  eventOf: (type: string, object: object) => object
  /** Sends an event; returns the status. */
  tell: (type: string, object: object, options?: PostOptions) => Promise<number>
  post: (body: string, options?: PostOptions) => Promise<number>
  /** The acts on her in the audit log. */
  actsAgainstMallory: () => Promise<{ action: string; actorId: string | null }[]>
}

export async function openAuth0Tenant(): Promise<Auth0Tenant> {
  const harness = await startHarness()
  const [alice, mallory] = (await arrive(harness, ['alice', 'mallory'])) as [Colleague, Colleague]
  const sub = await subOf(harness, mallory)
  let events = 0

  function eventOf(type: string, object: object): object {
    events += 1
    const data = { object: { user_id: sub, ...object } }
    return { specversion: '1.0', id: `evt_${events}`, type, data }
  }
  async function post(body: string, options: PostOptions = {}): Promise<number> {
    const { authorization, url } = {
      authorization: `Bearer ${EVENTS_SECRET}`,
      url: harness.url,
      ...options,
    }
    const { status } = await send(`${url}/auth0/events`, {
      method: 'POST',
      headers: [
        ['content-type', 'application/json'],
        ...(authorization === undefined ? [] : [['authorization', authorization] as const]),
      ],
      body,
    })
    return status
  }
  return {
    harness,
    alice,
    mallory,
    eventOf,
    post,
    isIn: async () => isMalloryIn(harness),
    tell: async (type, object, options) => post(JSON.stringify(eventOf(type, object)), options),
    actsAgainstMallory: async () => actsAgainst(harness, mallory),
  }
}

async function isMalloryIn({ auth0, url }: Harness): Promise<boolean> {
  // Signs in after the next full second: tokens have times in whole seconds, and those of the second of a block are
  // refused.
  const later = Math.floor(Date.now() / 1000) + 2
  const token = await auth0.accessTokenFor(MALLORY, { iat: later, exp: later + 300 })
  const { status } = await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${token}` } })
  expect([200, 401]).toContain(status)
  return status === 200
}

async function subOf({ sql }: Harness, { id }: Colleague): Promise<string> {
  const [person] = await sql<{ sub: string }[]>`
    select auth0_sub as sub from people where id = ${id}`
  return person?.sub ?? ''
}

async function actsAgainst({ sql }: Harness, { id }: Colleague) {
  return sql<{ action: string; actorId: string | null }[]>`
    select action, actor_id as "actorId" from audit
    where target ->> 'personId' = ${id} and action like 'person.%' order by number`
}
