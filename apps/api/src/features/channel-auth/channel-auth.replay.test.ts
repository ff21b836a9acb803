import { once } from 'node:events'
import type { ChannelAuthorization } from '@conclave/shared/channel-auth'
import { expect, test } from 'vitest'
import { form, openChannels, post, type Channels } from '../../../test/channel-requests.ts'

test('a signature for one connection is refused on another', async () => {
  await using cast = await openChannels()
  const { room, presence } = cast.names
  await using alices = await openSocket(cast)
  await using mallorys = await openSocket(cast)

  for (const name of [room, presence]) {
    const fields = { socket_id: alices.socketId, channel_name: name }
    const signed = JSON.parse((await post(cast, cast.alice, form(fields))).body)
    expect(await mallorys.subscribe(name, signed)).toBe('pusher:error')
    expect(await alices.subscribe(name, signed)).toBe('pusher_internal:subscription_succeeded')
  }
})

test('and for another channel on the same one', async () => {
  await using cast = await openChannels()
  const { room, team } = cast.names
  await using mallorys = await openSocket(cast)

  const fields = { socket_id: mallorys.socketId, channel_name: team }
  const signed = JSON.parse((await post(cast, cast.mallory, form(fields))).body)
  expect(await mallorys.subscribe(room, signed)).toBe('pusher:error')
  expect(await mallorys.subscribe(team, signed)).toBe('pusher_internal:subscription_succeeded')
})

/** A connection that sends any frame, as no Pusher client would. */
async function openSocket({ harness: { pusher } }: Channels) {
  const socket = new WebSocket(`ws://localhost:${pusher.port}/app/${pusher.key}?protocol=7`)
  const { data } = JSON.parse(await nextFrame(socket)) as { data: string }
  const { socket_id: socketId } = JSON.parse(data) as { socket_id: string }
  return {
    socketId,
    subscribe: async (channel: string, signed: ChannelAuthorization): Promise<string> => {
      const answer = nextFrame(socket)
      const { auth, channel_data } = signed
      socket.send(
        JSON.stringify({ event: 'pusher:subscribe', data: { channel, auth, channel_data } }),
      )
      return (JSON.parse(await answer) as { event: string }).event
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(socket, 'close')
      socket.close()
      await closed
    },
  }
}

async function nextFrame(socket: WebSocket): Promise<string> {
  const [message] = (await once(socket, 'message')) as [MessageEvent]
  return String(message.data)
}
