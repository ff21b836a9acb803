import { Type, type Static } from 'typebox'
import { endpoint, event } from './contract.ts'
import { strict } from './shapes.ts'
import { Id } from './ids.ts'

/** The most people in one `presence.updated`, in both lists together: 6 kB, which still fits into an event. */
export const PRESENCE_UPDATE_MAX_PEOPLE = 150

/** Who came online and who went offline since the last such event: one for many people, at most about one a second. */
export const PresenceUpdate = Type.Object(
  { online: Type.Array(Id), offline: Type.Array(Id) },
  strict,
)
export type PresenceUpdate = Static<typeof PresenceUpdate>

/** Pusher signs the bytes of the body, so the body is Pusher's format and not declared here. */
export const receivePusherWebhook = endpoint({
  method: 'POST',
  path: '/pusher/webhooks',
  summary: 'Receive a webhook of Pusher about occupied and vacated channels',
  tag: 'presence',
  access: 'public',
  status: 200,
  result: Type.Object({}, strict),
  problems: [],
})

export const PresenceUpdated = event('presence.updated', PresenceUpdate)
