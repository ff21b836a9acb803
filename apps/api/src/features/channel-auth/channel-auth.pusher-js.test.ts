import { channelName } from '@conclave/shared/channels'
import { getMe, updateMe } from '@conclave/shared/people'
import { listRooms } from '@conclave/shared/rooms'
import { createRoom } from '@conclave/shared/rooms.create'
import { expect, test } from 'vitest'
import { published } from '../../../test/data-envelopes.ts'
import { openPusher } from '../../../test/pusher-client.ts'
import { startHarness } from '../../../test/harness.ts'

test('the Pusher client subscribes to its person’s channels, decrypts their events, and is refused all others', async () => {
  await using harness = await startHarness()
  const alice = await harness.as('alice@example.com')
  const me = await alice.call(getMe, {})
  const room = await alice.call(createRoom, { body: { kind: 'closed', name: 'Secret plans' } })
  const { epoch, teamEpoch } = await alice.call(listRooms, {})
  await using client = openPusher(harness, alice.token)

  expect(await client.signIn()).toMatchObject({ id: me.id })
  const members = await client.subscribe(
    channelName({ kind: 'presence', roomId: room.id, epoch: room.epoch }),
  )
  expect(members).toMatchObject({ myID: me.id, count: 1 })
  await client.subscribe(channelName({ kind: 'room', roomId: room.id, epoch: room.epoch }))
  await client.subscribe(channelName({ kind: 'person', personId: me.id, epoch }))
  const team = channelName({ kind: 'team', epoch: teamEpoch })
  await client.subscribe(team)
  // Events about her arrival are skipped.
  await published(harness)

  const heard = client.next(team)
  await alice.call(updateMe, { body: { status: 'busy' } })
  expect(await heard).toMatchObject({ type: 'person.updated', data: { status: 'busy' } })

  const mallory = await harness.as('mallory@example.com')
  await mallory.call(getMe, {})
  await using outsider = openPusher(harness, mallory.token)
  const name = channelName({ kind: 'room', roomId: room.id, epoch: room.epoch })
  await expect(outsider.subscribe(name)).rejects.toMatchObject({ status: 404 })
  await outsider.subscribe(team)
})
