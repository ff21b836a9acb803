import type { Stack } from '@conclave/dev-stack/stack'
import { createClient, type Call } from '@conclave/shared/client'
import { postMessage, type Message, type PostMessage } from '@conclave/shared/messages'
import type { Name } from '../actions.ts'
import { freshTokens } from '../api-client.ts'
import { fetchOver, type Network } from './network.ts'

const ANSWER_WITHIN_MS = 5_000

export interface Person {
  readonly name: Name
  readonly network: Network
  readonly call: Call
  /** Posts, and resolves to the status too: 201 the first time, 200 when it was stored already. */
  post(
    roomId: string,
    message: PostMessage,
    signal?: AbortSignal,
  ): Promise<{ message: Message; status: number }>
}

/** The api as this person; requests have a timeout. Each request goes to the next instance. */
export async function personOf(stack: Stack, name: Name): Promise<Person> {
  const network: Network = { state: 'up' }
  const token = freshTokens(stack, `${name}@example.com`)
  await token()
  let asked = 0

  function clientOf(options: { signal?: AbortSignal; onStatus?: (status: number) => void }): Call {
    return createClient({
      baseUrl: '',
      token,
      fetch: async (path, init) => {
        asked += 1
        const signals = [AbortSignal.timeout(ANSWER_WITHIN_MS), options.signal]
        const signal = AbortSignal.any(signals.filter((each) => each !== undefined))
        const instance = stack.apis[asked % stack.apis.length] ?? stack.api
        const response = await fetchOver(network, instance + path, { ...init, signal })
        options.onStatus?.(response.status)
        return response
      },
    })
  }

  return {
    name,
    network,
    call: clientOf({}),
    post: async (roomId, body, signal) => {
      let status = 0
      const call = clientOf({
        ...(signal ? { signal } : {}),
        onStatus: (answered) => {
          status = answered
        },
      })
      const message = await call(postMessage, { params: { roomId }, body })
      return { message, status }
    },
  }
}
