import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getMe } from '@conclave/shared/people'
import { PROBLEMS } from '@conclave/shared/problems'
import { expect, onTestFinished, test } from 'vitest'
import { createCall } from '../server/call.ts'
import { healthOfApi } from '../server/health.ts'
import { ENDED, OTHER_PERSON } from './session-problem.ts'
import type { SessionProblem } from './session.ts'
import { createTokens } from './tokens.ts'

test('a refused token is renewed once, for all requests refused with it, and these are repeated', async () => {
  const page = await signedIn({ good: 'token 2' })
  const [first, second] = await Promise.all([page.call(getMe, {}), page.call(getMe, {})])
  expect([first, second]).toEqual([{ id: 'alice' }, { id: 'alice' }])
  // Each travels on its own connection, so either may be repeated before the other has arrived.
  expect(page.asked.toSorted()).toEqual(['token 1', 'token 1', 'token 2', 'token 2'])
  expect(page.renewals()).toBe(1)
  expect(page.ended()).toBeUndefined()
})

test('if the renewed token is refused too, the session ends', async () => {
  const page = await signedIn({ good: 'none' })
  await expect(page.call(getMe, {})).rejects.toMatchObject({ slug: 'not-signed-in' })
  expect(page.asked).toEqual(['token 1', 'token 2'])
  expect(page.ended()).toBe(ENDED)
  await expect(page.call(getMe, {})).rejects.toMatchObject(noToken('The session is over'))
  expect(page.asked).toHaveLength(2)
})

test('a renewal that fails because of the network does not end the session', async () => {
  const page = await signedIn({ good: 'token 2' })
  page.failNext(new TypeError('Failed to fetch'))
  await expect(page.call(getMe, {})).rejects.toMatchObject(noToken('Failed to fetch'))
  expect(page.ended()).toBeUndefined()
  await expect(page.call(getMe, {})).resolves.toEqual({ id: 'alice' })
})

test('a renewal that returns somebody else’s token gives no token and ends the session', async () => {
  const page = await signedIn({ good: 'token 2' })
  await page.call(getMe, {})
  page.becomes('bob')
  const before = page.asked.length
  await expect(page.call(getMe, {})).rejects.toMatchObject(
    noToken('The token is of another person'),
  )
  expect(page.asked).toHaveLength(before)
  expect(page.ended()).toBe(OTHER_PERSON)
})

/** The error that says that no token came, for this reason. */
function noToken(message: string) {
  return { name: 'NoTokenError', cause: { message } }
}

/** A page whose SDK has `token 1`, and an api that accepts only the good one. */
async function signedIn({ good }: { good: string }) {
  const asked: string[] = []
  let renewed = 0
  let person = 'alice'
  let failure: Error | undefined
  let ended: SessionProblem | undefined

  const server = createServer((request, response) => {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '')
    asked.push(token)
    if (token === good) return response.end(JSON.stringify({ id: 'alice' }))
    const problem = { type: '/problems/not-signed-in', ...PROBLEMS['not-signed-in'], instance: '' }
    return response.writeHead(401).end(JSON.stringify(problem))
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })

  const tokens = createTokens({
    ask: async (cacheMode) => {
      if (cacheMode === 'off') {
        const error = failure
        failure = undefined
        await new Promise((resolve) => setTimeout(resolve, 20))
        if (error) throw error
        renewed += 1
      }
      return `token ${renewed + 1}`
    },
    subject: () => Promise.resolve(person),
    isOver: () => ended !== undefined,
    end: (problem) => (ended ??= problem),
  })
  const apiUrl = `http://localhost:${(server.address() as AddressInfo).port}`
  const call = createCall({
    apiUrl,
    tokens,
    health: healthOfApi(apiUrl, () => undefined),
    onVersion: () => undefined,
    onProblem: () => (ended ??= ENDED),
  })
  return {
    call,
    asked,
    renewals: () => renewed,
    ended: () => ended,
    becomes: (other: string) => (person = other),
    failNext: (error: Error) => (failure = error),
  }
}
