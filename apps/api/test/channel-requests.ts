import { channelName } from '@conclave/shared/channels'
import type { Room } from '@conclave/shared/rooms'
import { everyRoom } from './data-lists.ts'
import { arrive, type Colleague } from './data-people.ts'
import { roomOf } from './data-rooms.ts'
import { startHarness, type Harness } from './harness.ts'
import { send, type Answer } from './raw-request.ts'

export const FORM = 'application/x-www-form-urlencoded'
export const JSON_TYPE = 'application/json'
export const SOCKET = '1234.5678'

/** Alice, her closed room and what she may subscribe to; Mallory, who is in the team and an outsider. */
export interface Channels extends AsyncDisposable {
  harness: Harness
  alice: Colleague
  mallory: Colleague
  room: Room
  /** The names of Alice's four channels now. */
  names: Record<'room' | 'presence' | 'person' | 'team', string>
}

export async function openChannels(): Promise<Channels> {
  const harness = await startHarness()
  const [alice, mallory] = (await arrive(harness, ['alice', 'mallory'])) as [Colleague, Colleague]
  const room = await roomOf(alice, 'closed')
  const names = await namesOf(alice, room.id)
  return { harness, alice, mallory, room, names, [Symbol.asyncDispose]: () => harness.close() }
}

/** What the person may subscribe to for this room, as the api tells them. */
export async function namesOf(person: Colleague, roomId: string): Promise<Channels['names']> {
  const { rooms, epoch, teamEpoch } = await everyRoom(person)
  const room = rooms.find((room) => room.id === roomId)
  if (!room) throw new Error('The room is not theirs')
  return {
    room: channelName({ kind: 'room', roomId, epoch: room.epoch }),
    presence: channelName({ kind: 'presence', roomId, epoch: room.epoch }),
    person: channelName({ kind: 'person', personId: person.id, epoch }),
    team: channelName({ kind: 'team', epoch: teamEpoch }),
  }
}

export function post(
  { harness }: Channels,
  caller: Colleague,
  body: string | Buffer,
  { path = '/pusher/auth', contentType = FORM } = {},
): Promise<Answer> {
  const headers = [['Authorization', `Bearer ${caller.token}`]] as [string, string][]
  if (contentType !== '') headers.push(['Content-Type', contentType])
  return send(harness.url + path, { method: 'POST', headers, body })
}

/** Authorizes one channel, as any Pusher client does. */
export function authorize(channels: Channels, caller: Colleague, name: string): Promise<Answer> {
  return post(channels, caller, form({ channel_name: name }))
}

export function authorizeBatch(channels: Channels, caller: Colleague, names: readonly string[]) {
  const body = JSON.stringify({ socket_id: SOCKET, channel_names: names })
  return post(channels, caller, body, { path: '/pusher/auth/batch', contentType: JSON_TYPE })
}

export function form(fields: Record<string, string>): string {
  return new URLSearchParams({ socket_id: SOCKET, ...fields }).toString()
}
