import { afterAll, beforeAll, expect, test } from 'vitest'
import { authorizeChannels } from '@conclave/shared/channel-auth'
import { getPerson } from '@conclave/shared/people'
import { arrive } from '../../../test/data-people.ts'
import { announceNow } from '../../../test/data-presence.ts'
import { personChannel, sendWebhook } from '../../../test/data-webhooks.ts'
import { startHarness, type Harness } from '../../../test/harness.ts'

const OLDEST = { key: 'oldest-key', secret: 'oldest-secret' }
const OLDER = { key: 'older-key', secret: 'older-secret' }

let harness: Harness

beforeAll(async () => {
  const pairs = [OLDEST, OLDER].map(({ key, secret }) => `${key}:${secret}`)
  harness = await startHarness({ env: { PUSHER_PREVIOUS_KEYS: pairs.join(', ') } })
})
afterAll(async () => harness.close())

/** Signed with this key's secret, or with another. */
function by({ key, secret }: typeof OLDEST, signedWith = secret) {
  return { headers: { 'x-pusher-key': key }, secret: signedWith }
}

test('while keys are rotated, webhooks signed with an earlier key are accepted', async () => {
  const [alice] = await arrive(harness, ['alice'])
  const channel = await personChannel(harness, alice!.id)
  const isOnline = async () => {
    await announceNow(harness)
    return (await alice!.call(getPerson, { params: { personId: alice!.id } })).online
  }
  for (const [pair, name] of [
    [OLDEST, 'channel_occupied'],
    [OLDER, 'channel_vacated'],
    [harness.pusher, 'channel_occupied'],
  ] as const) {
    const { status } = await sendWebhook(harness, [{ name, channel }], by(pair))
    expect([status, await isOnline()]).toEqual([200, name === 'channel_occupied'])
  }
})

test.each([
  ['an earlier key and the secret of today', by(OLDEST, 'local-secret')],
  ['an earlier key and the secret of another', by(OLDEST, OLDER.secret)],
  ['the key of today and an earlier secret', by({ key: 'local-key', secret: OLDER.secret })],
  ['a key that was never ours', by({ key: 'other-key', secret: OLDEST.secret })],
])('what names %s is refused', async (_, change) => {
  expect((await sendWebhook(harness, [], change)).status).toBe(401)
})

test('channels are signed with the current key', async () => {
  const [bob] = await arrive(harness, ['bob'])
  const name = await personChannel(harness, bob!.id)
  const body = { socket_id: '1.2', channel_names: [name] }
  const { channels } = await bob!.call(authorizeChannels, { body })
  expect(channels[name]?.auth.split(':')[0]).toBe(harness.pusher.key)
})
