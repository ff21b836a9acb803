import { createClient, type Call } from '@conclave/shared/client'
import type { Conclave } from '../contestants/conclave.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** The api as one person; any status but success is an error. */
export interface Requests {
  call: Call
  ask: <Result>(method: Method, path: string, body?: object) => Promise<Result>
}

export function requestsOf(
  { http, crowd, headersOf }: Pick<Conclave, 'http' | 'crowd' | 'headersOf'>,
  person: number,
): Requests {
  return {
    call: createClient({
      baseUrl: '',
      token: async () => crowd.tokenOf(person),
      fetch: async (path, { method, headers, body }) => {
        const { status, text, retryAfter } = await http.send(method as Method, path, headers, body)
        return {
          status,
          ok: status >= 200 && status < 300,
          text: async () => text,
          headers: { get: (name) => (name === 'retry-after' ? (retryAfter ?? null) : null) },
        }
      },
    }),
    async ask<Result>(method: Method, path: string, body?: object) {
      const { 'content-type': type = '', ...headers } = headersOf(person)
      const { status, text } = body
        ? await http.send(method, path, { ...headers, 'content-type': type }, JSON.stringify(body))
        : await http.send(method, path, headers)
      if (status < 200 || status > 299) throw new Error(`${method} ${path} was answered ${status}`)
      return JSON.parse(text) as Result
    },
  }
}
