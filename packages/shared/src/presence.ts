import { Type, type Static } from 'typebox'
import { endpoint, event } from './contract.ts'
import { strict } from './shapes.ts'
import { Id } from './ids.ts'

/** Whether a person has a connection; told to the team when it changes. */
export const Presence = Type.Object({ personId: Id, online: Type.Boolean() }, strict)
export type Presence = Static<typeof Presence>

/** Signed by Pusher over the very bytes of the body, so the body is not of the contract's making. */
export const receivePusherWebhook = endpoint({
  method: 'POST',
  path: '/pusher/webhooks',
  summary: 'Pusher tells which channels became occupied or vacated',
  tag: 'presence',
  access: 'public',
  status: 200,
  result: Type.Object({}, strict),
  problems: [],
})

export const PresenceChanged = event('presence.changed', Presence)
