import { authorizeChannels } from '@conclave/shared/channel-auth'
import { SESSIONS_MAX } from '@conclave/shared/bounds'
import { channelName } from '@conclave/shared/channels'
import { getMe } from '@conclave/shared/people'
import { listRooms } from '@conclave/shared/rooms'
import { endSession, endSessions, listSessions } from '@conclave/shared/sessions'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { arrive, outcomeOf, refusal } from '../../../test/data-people.ts'
import { NOWHERE } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

let harness: Harness

beforeAll(async () => {
  harness = await startHarness()
  await arrive(harness, ['alice', 'bob'])
})
afterAll(async () => harness.close())

/**
 * A browser of hers that signed in just now, with a token newer than any revocation: tokens have times in whole
 * seconds, so it may have to be the next second.
 */
async function signIn(name = 'alice') {
  let browser = await harness.as(`${name}@example.com`)
  await expect
    .poll(async () => {
      browser = await harness.as(`${name}@example.com`)
      return outcomeOf(browser.call(getMe, {}))
    })
    .toBe('done')
  const { call, token } = browser
  const { sessions } = await call(listSessions, {})
  const current = sessions.find((session) => session.current)
  return { call, token, id: current?.id ?? '' }
}

describe('my sessions', () => {
  test('are the places where I am signed in, and this one is marked', async () => {
    const [desk, phone] = [await signIn(), await signIn()]
    const { sessions } = await phone.call(listSessions, {})
    expect(sessions.filter(({ current }) => current).map(({ id }) => id)).toEqual([phone.id])
    expect(sessions.map(({ id }) => id)).toContain(desk.id)
  })

  test('name the browser, without characters that could reorder the line', async () => {
    await signIn()
    const response = await fetch(`${harness.url}/v1/me/sessions`, {
      headers: {
        authorization: `Bearer ${await another()}`,
        'user-agent': `Fox\u00ad/1 ${'x'.repeat(400)}`,
      },
    })
    const { sessions } = (await response.json()) as { sessions: { userAgent: string }[] }
    expect(sessions[0]?.userAgent).toMatch(/^Fox\/1 x{250}$/)
  })

  test('are never another person’s', async () => {
    const [hers, his] = [await signIn('alice'), await signIn('bob')]
    const { sessions } = await his.call(listSessions, {})
    expect(sessions.map(({ id }) => id)).not.toContain(hers.id)
    expect(await refusal(end(his.call, hers.id))).toBe('session-not-found')
    expect(await refusal(end(his.call, NOWHERE))).toBe('session-not-found')
    expect(await outcomeOf(hers.call(getMe, {}))).toBe('done')
  })
})

describe('more sessions than the limit', () => {
  test('end the least recently used one, however many sign in at once', async () => {
    const [old, older, desk] = [
      await signIn('mallory'),
      await signIn('mallory'),
      await signIn('mallory'),
    ]
    await harness.sql`
      update sessions set last_seen_at = now() - interval '2 days' where id = ${older.id}`
    await harness.sql`
      update sessions set last_seen_at = now() - interval '1 day' where id = ${old.id}`
    const [{ id }] = [await desk.call(getMe, {})]
    const others = SESSIONS_MAX - 4
    await harness.sql`
      insert into sessions (person_id, sid, user_agent)
      select ${id}, 'elsewhere ' || nth, '' from generate_series(1, ${others}) nth`

    const last = await signIn('mallory')
    expect(await open(id)).toBe(SESSIONS_MAX)
    // Not asked from there whether it is still let in: that would be a use of it.
    expect(await auditedOf(older.id)).toEqual([])
    const next = await signIn('mallory')
    expect(await outcomeOf(older.call(getMe, {}))).toBe('signed-out')
    expect(await outcomeOf(old.call(getMe, {}))).toBe('done')
    expect(await open(id)).toBe(SESSIONS_MAX)
    expect(await auditedOf(older.id)).toEqual([{ action: 'session.ended', actor_id: id }])

    const tokens = await Promise.all(
      Array.from({ length: 8 }, async () => harness.as('mallory@example.com')),
    )
    await harness.sql`
      update sessions set last_seen_at = now() - interval '1 day'
      where person_id = ${id} and sid like 'elsewhere%'`
    const outcomes = await Promise.all(tokens.map(async ({ call }) => outcomeOf(call(getMe, {}))))
    expect(outcomes).toEqual(Array.from({ length: 8 }, () => 'done'))
    expect(await open(id)).toBe(SESSIONS_MAX)
    for (const { call } of [last, next, desk, ...tokens])
      expect(await outcomeOf(call(getMe, {}))).toBe('done')
  })
})

describe('sessions from before there was a limit', () => {
  test('end with the next sign-in, however many they are and however many sign in', async () => {
    const { call } = await signIn('carol')
    const { id } = await call(getMe, {})
    await harness.sql`
      insert into sessions (person_id, sid, user_agent, last_seen_at)
      select ${id}, 'elsewhere ' || nth, '', now() - interval '1 day'
      from generate_series(1, ${SESSIONS_MAX + 50}) nth`
    const many = 40
    const tokens = await Promise.all(
      Array.from({ length: many }, async () => harness.as('carol@example.com')),
    )
    const outcomes = await Promise.all(tokens.map(async ({ call }) => outcomeOf(call(getMe, {}))))
    expect(new Set(outcomes)).toEqual(new Set(['done']))
    expect(await open(id)).toBe(SESSIONS_MAX)
    expect(await harness.sql`select from cuts where person_id = ${id}`).toHaveLength(0)
  })
})

async function open(personId: string): Promise<number> {
  const [row] = await harness.sql<{ count: number }[]>`
    select count(*) from sessions where person_id = ${personId} and ended_at is null`
  return row!.count
}

async function auditedOf(sessionId: string) {
  return harness.sql`
    select action, actor_id from audit where target ->> 'sessionId' = ${sessionId}`
}

describe('signing out', () => {
  test('here ends this session at once, and no other', async () => {
    const [desk, phone] = [await signIn(), await signIn()]
    expect(await end(phone.call, phone.id)).toEqual({ ended: 1 })
    expect(await refusal(phone.call(getMe, {}))).toBe('signed-out')
    expect(await outcomeOf(desk.call(getMe, {}))).toBe('done')
  })

  test('there ends that one, also for tokens it gets later', async () => {
    const [desk, phone] = [await signIn(), await signIn()]
    await end(desk.call, phone.id)
    expect(await refusal(phone.call(getMe, {}))).toBe('signed-out')
    const renewed = await renew(phone.token)
    expect(await statusOf(renewed)).toBe(401)
    expect(await outcomeOf(desk.call(getMe, {}))).toBe('done')
    expect(await refusal(end(desk.call, phone.id))).toBe('session-not-found')
  })

  test('everywhere ends them all, and a new sign-in is accepted', async () => {
    const [desk, phone] = [await signIn(), await signIn()]
    const { ended } = await desk.call(endSessions, {})
    expect(ended).toBeGreaterThanOrEqual(2)
    for (const { call } of [desk, phone]) {
      expect(await refusal(call(getMe, {}))).toBe('signed-out')
    }
    await expect
      .poll(async () => {
        const { call } = await harness.as('alice@example.com')
        return outcomeOf(call(getMe, {}))
      })
      .toBe('done')
  })

  test('everywhere also ends tokens without a stored session', async () => {
    const desk = await signIn()
    const nowhere = await harness.auth0.accessTokenFor('alice@example.com', {
      'https://conclave.example/sid': undefined,
    })
    expect(await statusOf(nowhere)).toBe(200)
    await desk.call(endSessions, {})
    expect(await statusOf(nowhere)).toBe(401)
  })

  test('elsewhere rekeys every channel that session could subscribe to', async () => {
    const [desk, phone] = [await signIn(), await signIn()]
    const before = await desk.call(listRooms, {})
    await end(desk.call, phone.id)
    const after = await desk.call(listRooms, {})
    expect(after).toMatchObject({ epoch: before.epoch + 1, teamEpoch: before.teamEpoch + 1 })
    expect(after.rooms.map(({ epoch }) => epoch)).toEqual(
      before.rooms.map(({ epoch }) => epoch + 1),
    )
  })

  test('a request in progress during it gets nothing signed', async () => {
    const desk = await signIn()
    const { rooms, epoch, teamEpoch } = await desk.call(listRooms, {})
    const me = await desk.call(getMe, {})
    // The epochs of afterwards, asked for by a request that was let in before.
    const names = [1, 0].flatMap((more) => [
      channelName({ kind: 'person', personId: me.id, epoch: epoch + more }),
      channelName({ kind: 'team', epoch: teamEpoch + more }),
      ...rooms.map(({ id, epoch }) =>
        channelName({ kind: 'room', roomId: id, epoch: epoch + more }),
      ),
    ])
    const asking = Array.from({ length: 40 }, async () =>
      desk
        .call(authorizeChannels, { body: { socket_id: '1.1', channel_names: names } })
        .catch(() => ({ channels: {} })),
    )
    await desk.call(endSessions, {})
    const signed = (await Promise.all(asking)).flatMap(({ channels }) => Object.keys(channels))
    const now = new Set(names.slice(0, names.length / 2))
    expect(signed.filter((name) => now.has(name))).toEqual([])
  })
})

async function end(call: Awaited<ReturnType<typeof signIn>>['call'], sessionId: string) {
  return call(endSession, { params: { sessionId } })
}

async function another(): Promise<string> {
  return harness.auth0.accessTokenFor('alice@example.com')
}

/** What the tenant would give the same session a moment later. */
async function renew(token: string): Promise<string> {
  const claims = JSON.parse(
    Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
  ) as Record<string, unknown>
  const iat = Math.floor(Date.now() / 1000) + 2
  return harness.auth0.signAccessToken({ ...claims, iat, exp: iat + 300 })
}

async function statusOf(token: string): Promise<number> {
  const { status } = await fetch(`${harness.url}/v1/me`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return status
}
