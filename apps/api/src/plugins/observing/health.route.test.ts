import { updateMe } from '@conclave/shared/people'
import { expect, test } from 'vitest'
import { startHarness } from '../../../test/harness.ts'
import { send } from '../../../test/raw-request.ts'

test('readiness tells the state of everything the api depends on, and no secret', async () => {
  await using harness = await startHarness()
  const before = JSON.parse((await send(`${harness.url}/readyz`)).body)
  expect(before).toMatchObject({
    status: 'ok',
    database: { up: true },
    keySet: { loaded: false },
  })

  const { token } = await harness.as('alice@example.com')
  await send(`${harness.url}/v1/me`, { headers: [['Authorization', `Bearer ${token}`]] })

  const answer = await send(`${harness.url}/readyz`)
  expect(JSON.parse(answer.body)).toMatchObject({
    keySet: { loaded: true, ageSeconds: expect.any(Number) },
  })
  expect(answer.body).not.toContain(harness.ctx.config.pusher.secret)
  expect(answer.body).not.toContain('postgres:')
})

test('a dead broker does not make the api unready', async () => {
  await using harness = await startHarness()
  await harness.pusher.close()
  const { call } = await harness.as('alice@example.com')
  expect(await call(updateMe, { body: { status: 'busy' } })).toMatchObject({ status: 'busy' })
  const answer = await send(`${harness.url}/readyz`)
  expect(answer.status).toBe(200)
})
