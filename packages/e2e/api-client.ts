import { createClient, type Call } from '@conclave/shared/client'
import type { Stack } from '@conclave/dev-stack/stack'
import type { Name } from './actions.ts'

/** A token as the tenant gives this person. */
export async function tokenOf(stack: Stack, name: Name): Promise<string> {
  const response = await fetch(`${stack.auth0}/__emulator/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${name}@example.com` }),
  })
  const { access_token: token } = (await response.json()) as { access_token: string }
  return token
}

/** The api, as this person, without a browser. */
export async function callAs(stack: Stack, name: Name): Promise<Call> {
  const token = await tokenOf(stack, name)
  return createClient({ baseUrl: stack.api, fetch, token: () => Promise.resolve(token) })
}
