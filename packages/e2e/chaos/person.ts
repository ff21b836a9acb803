import type { Stack } from '@conclave/dev-stack/stack'
import { createClient, type Call } from '@conclave/shared/client'
import type { Name } from '../actions.ts'
import { tokenOf } from '../api-client.ts'

const ANSWER_WITHIN_MS = 5_000
const TOKEN_FOR_MS = 60_000

export interface Person {
  readonly name: Name
  readonly call: Call
  /** The status of the latest answer, which tells a repeated post from a first one. */
  lastStatus(): number
}

/** The api as this person, who never waits for a dead server for ever. */
export async function personOf(stack: Stack, name: Name): Promise<Person> {
  let token = await tokenOf(stack, name)
  let takenAt = performance.now()
  let status = 0
  const call = createClient({
    baseUrl: stack.api,
    fetch: async (url, init) => {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
      status = response.status
      return response
    },
    token: async () => {
      if (performance.now() - takenAt > TOKEN_FOR_MS) {
        token = await tokenOf(stack, name)
        takenAt = performance.now()
      }
      return token
    },
  })
  return { name, call, lastStatus: () => status }
}
