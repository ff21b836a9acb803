import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openStage, type Stage } from '../../../test/hostile-tokens/stage.ts'
import { CARELESS, everythingGoesWrong, type Misfortunes } from '../../../test/misfortunes.ts'
import { send } from '../../../test/raw-request.ts'
import { foundIn } from '../../../test/secrets.ts'

let stage: Stage
let happening: Promise<Misfortunes> | undefined
let misfortunes: Misfortunes
let logged = ''

beforeAll(async () => {
  stage = await openStage({
    routes: (app, { sql }) => {
      app.get(CARELESS, async ({ query }) => sql`select ${JSON.stringify(query)}::text::int`)
    },
  })
})
// Once, before whichever test comes first: `expect.poll` refuses to run in `beforeAll`.
beforeEach(async () => {
  misfortunes = await (happening ??= everythingGoesWrong(stage))
  logged ||= stage.harness.log.text()
})
afterAll(() => stage[Symbol.asyncDispose]())

test('everything failed, and was logged', () => {
  const messages = new Set(misfortunes.stage.harness.log.lines().map(({ msg }) => msg))
  expect([...messages]).toEqual(
    expect.arrayContaining([
      'token refused',
      'failed',
      'unavailable',
      'a consumer of the log failed',
      '/userinfo could not be read',
    ]),
  )
  const statuses = new Set(misfortunes.refusals.map(({ status }) => status))
  expect(statuses).toEqual(new Set([400, 401, 404, 413, 422, 431, 500, 503]))
})

test('no secret, no name and nothing that people wrote is in the log', () => {
  expect(foundIn(logged, misfortunes.secrets)).toEqual([])
})

test('nor in any refusal', () => {
  const whole = misfortunes.refusals.map((answer) => JSON.stringify(answer)).join('\n')
  expect(foundIn(whole, misfortunes.secrets)).toEqual([])
})

test.each(['/metrics', '/readyz'])('nor in %s', async (path) => {
  const { body } = await send(misfortunes.stage.harness.url + path)
  expect(body).not.toBe('')
  expect(foundIn(body, misfortunes.secrets)).toEqual([])
})

test('and the search would have found each of them', () => {
  const { stage, secrets } = misfortunes
  const { app, log } = stage.harness
  expect(secrets.size).toBeGreaterThan(150)
  for (const [secret, what] of secrets) {
    const before = log.text().length
    app.log.info({ note: JSON.parse(`"${secret}"`) }, 'planted')
    expect(foundIn(log.text().slice(before), secrets)).toContain(what)
  }
})
