import { Type, type Static } from 'typebox'
import { endpoint, event } from './contract.ts'
import { strict } from './shapes.ts'
import { Id } from './ids.ts'

/** Whether a person has a realtime connection; emitted to the team when it changes. */
export const Presence = Type.Object({ personId: Id, online: Type.Boolean() }, strict)
export type Presence = Static<typeof Presence>

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

export const PresenceChanged = event('presence.changed', Presence)
