import { expect, test } from 'vitest'
import { startHarness } from '../../../test/harness.ts'
import { send } from '../../../test/raw-request.ts'

test('a request is one line: its route and never its address', async () => {
  await using harness = await startHarness()
  const { token } = await harness.as('alice@example.com')
  const id = '00000000-0000-0000-0000-000000000000'
  await send(`${harness.url}/v1/people/${id}?q=private-words`, {
    headers: [['Authorization', `Bearer ${token}`]],
  })
  await send(`${harness.url}/private-path\u001b[31m?q=private-words`.replace('\u001b', '%1b'))

  const lines = harness.log.lines().filter(({ msg }) => msg === 'answered')
  expect(lines).toEqual([
    expect.objectContaining({
      level: 'info',
      method: 'GET',
      route: '/v1/people/:personId',
      status: 404,
      personId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    }),
    expect.objectContaining({ route: 'none', status: 404 }),
  ])
  expect(harness.log.text()).not.toContain('private-')
  expect(harness.log.text()).not.toContain(id)
})

test('no secret is ever in the log', async () => {
  await using harness = await startHarness()
  const { token } = await harness.as('alice@example.com')
  const { pusher, databaseUrl } = harness.ctx.config
  await harness.pusher.close()
  const signed = await harness.ctx.pusher
    .trigger('private-x', 'event', {})
    .catch((error: unknown) => error)
  const response = new Error('refused', { cause: signed })

  harness.app.log.error({ err: signed }, 'publishing')
  harness.app.log.error({ err: response }, 'publishing')
  harness.app.log.error({ err: new Error(`no answer from ${databaseUrl} for ${token}`) }, 'x')
  harness.app.log.info({ token, headers: { authorization: `Bearer ${token}` } }, 'x')
  harness.app.log.info({ config: { pusher } }, 'x')
  harness.app.log.info({ body: { shared_secret: 'abc-secret', password: 'abc-secret' } }, 'x')

  const text = harness.log.text()
  expect(harness.log.lines().length).toBeGreaterThanOrEqual(6)
  for (const secret of [token, 'eyJ', 'auth_signature=', pusher.secret, pusher.masterKey]) {
    expect(text).not.toContain(secret)
  }
  expect(text).not.toContain(databaseUrl)
  expect(text).not.toContain('abc-secret')
})
