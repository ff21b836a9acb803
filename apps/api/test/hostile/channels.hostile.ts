import * as fc from 'fast-check'
import { v4 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { authorize, authorizeBatch, openChannels, type Channels } from '../channel-requests.ts'
import { withoutInstance } from '../data-people.ts'
import { stateOf } from '../untouched.ts'
import { edited, EDITS } from './text-edits.ts'
import { withstands } from './withstands.ts'

let cast: Channels
let before: Awaited<ReturnType<typeof stateOf>>

beforeAll(async () => {
  cast = await openChannels()
  before = await stateOf(cast.harness)
})
afterAll(() => cast[Symbol.asyncDispose]())

const KIND = fc.constantFrom('room', 'presence', 'person', 'team')
const WHO = fc.constantFrom('alice', 'mallory')

test('a channel name with changed letters is signed for nobody', async (context) => {
  const property = fc.asyncProperty(WHO, KIND, EDITS, async (who, kind, edits) => {
    const name = edited(cast.names[kind], edits)
    const isHers = Object.values(cast.names).includes(name) && who === 'alice'
    const isTeams = name === cast.names.team

    const alone = await authorize(cast, cast[who], name)
    if (isHers || isTeams) expect(alone.status).toBe(200)
    else expect([400, 404]).toContain(alone.status)
    if (alone.status !== 200) expect(alone.body).not.toMatch(/"auth"|shared_secret/)

    const batch = await authorizeBatch(cast, cast[who], [name, 'private-none'])
    expect([200, 400]).toContain(batch.status)
    if (batch.status === 200) {
      const { channels } = JSON.parse(batch.body) as { channels: object }
      expect(Object.keys(channels)).toEqual(isHers || isTeams ? [name] : [])
    }
  })
  await withstands(context, property)
  expect(await stateOf(cast.harness)).toEqual(before)
})

test('a room id with changed letters is not found, like a foreign room', async (context) => {
  const { room, mallory } = cast
  const nowhere = withoutInstance((await mallory.send('GET', `/v1/rooms/${v4()}`)).text)
  const property = fc.asyncProperty(EDITS, async (edits) => {
    const id = encodeURIComponent(edited(room.id, edits).toWellFormed())
    for (const roomId of [id, room.id]) {
      const answer = await mallory.send('GET', `/v1/rooms/${roomId}`)
      if (answer.status === 404 && !answer.text.includes('/problems/not-found"'))
        expect(withoutInstance(answer.text)).toBe(nowhere)
      else expect([400, 404]).toContain(answer.status)
    }
  })
  await withstands(context, property)
  expect(await stateOf(cast.harness)).toEqual(before)
})
