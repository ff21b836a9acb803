import { randomBytes } from 'node:crypto'
import type { Stack } from '@conclave/dev-stack/stack'
import { channelName, WIRE_EVENT } from '@conclave/shared/channels'
import type { RoomEnvelope, RoomEvent } from '@conclave/shared/events'
import type { Message } from '@conclave/shared/messages'
import { messageAt } from '@conclave/shared/messages.examples'
import { getRoom, type Room } from '@conclave/shared/rooms'
import nacl from 'tweetnacl'
import { v7 as uuidv7 } from 'uuid'
import type { Name } from './actions.ts'
import { callAs, tokenOf } from './api-client.ts'

/** What the api publishes of a message, field by field: a forgery differs from it by what it forges alone. */
export type Announcement = RoomEnvelope &
  Extract<RoomEvent, { type: 'message.posted' | 'message.changed' }>

/** The realtime vendor and a member of the room in one: can write anything to its channel, with the room's key. */
export class Forger {
  readonly channel: string
  readonly #stack: Stack
  readonly #member: Name
  readonly #roomId: string
  readonly #key: Uint8Array

  static async of(stack: Stack, member: Name, { id, epoch }: Room): Promise<Forger> {
    const channel = channelName({ kind: 'room', roomId: id, epoch })
    const response = await fetch(`${stack.api}/pusher/auth`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await tokenOf(stack, member)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ socket_id: '1.1', channel_name: channel }),
    })
    const { shared_secret: secret } = (await response.json()) as { shared_secret: string }
    return new Forger(stack, member, id, channel, Buffer.from(secret, 'base64'))
  }

  private constructor(
    stack: Stack,
    member: Name,
    roomId: string,
    channel: string,
    key: Uint8Array,
  ) {
    this.#stack = stack
    this.#member = member
    this.#roomId = roomId
    this.channel = channel
    this.#key = key
  }

  /** The next message of the room as it would be announced; `changes` go into the message. */
  async next(text: string, changes: Partial<Message> = {}): Promise<Announcement> {
    const call = await callAs(this.#stack, this.#member)
    const { id: room, epoch, ...held } = await call(getRoom, { params: { roomId: this.#roomId } })
    const at = new Date().toISOString()
    const [rev, seq] = [held.rev + 1, held.lastSeq + 1]
    const own = { id: uuidv7(), roomId: room, authorId: uuidv7(), text, createdAt: at }
    const data = messageAt(seq, rev, { ...own, ...changes })
    return { v: 1, room, epoch, rev, type: 'message.posted', at, data }
  }

  /** As Pusher's library encrypts it. */
  encrypt(envelope: unknown, key: Uint8Array = this.#key): string {
    const nonce = randomBytes(24)
    const ciphertext = nacl.secretbox(Buffer.from(JSON.stringify(envelope)), nonce, key)
    return JSON.stringify({
      nonce: nonce.toString('base64'),
      ciphertext: Buffer.from(ciphertext).toString('base64'),
    })
  }

  /** The latest ciphertext that really went over the channel. */
  async overheard(): Promise<string> {
    const { entries } = (await this.#control('record', 'GET')) as {
      entries: { kind: string; channels?: string[]; data?: string }[]
    }
    const last = entries.findLast(
      ({ kind, channels }) => kind === 'publish' && channels?.includes(this.channel),
    )
    if (last?.data === undefined) throw new Error('nothing went over the channel yet')
    return last.data
  }

  /** Sends it to everybody who hears the channel; answers how many that were. */
  async inject(data: unknown, event: string = WIRE_EVENT, channel = this.channel): Promise<number> {
    const answer = await this.#control('inject', 'POST', { channel, event, data })
    return (answer as { delivered: number }).delivered
  }

  /** The same to each socket, on whatever channel it is said to be. */
  async injectEverywhere(channel: string, event: string, data: unknown): Promise<void> {
    const { entries } = (await this.#control('record', 'GET')) as {
      entries: { kind: string; socketId?: string }[]
    }
    const sockets = new Set<string | undefined>()
    for (const { kind, socketId } of entries) {
      if (kind === 'opened') sockets.add(socketId)
      if (kind === 'closed') sockets.delete(socketId)
    }
    for (const toSocket of sockets)
      await this.#control('inject', 'POST', { channel, event, data, toSocket })
  }

  async #control(path: string, method: string, body?: unknown): Promise<unknown> {
    const { host, port } = this.#stack.pusher
    const response = await fetch(`http://${host}:${port}/__emulator/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return response.json()
  }
}
