import { createClient, type Call } from '@conclave/shared/client'
import type { Stack } from '@conclave/dev-stack/stack'
import type { Name } from './actions.ts'

const TOKEN_FOR_MS = 60_000

/** An access token that the tenant gives this person. */
export async function tokenOf(stack: Stack, name: Name): Promise<string> {
  return tokenByEmail(stack, `${name}@example.com`)
}

async function tokenByEmail(stack: Stack, email: string): Promise<string> {
  const response = await fetch(`${stack.auth0}/__emulator/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email }),
  })
  const { access_token: token } = (await response.json()) as { access_token: string }
  return token
}

/** This person's access token, another one each minute: they expire after five, and a busy machine takes longer. */
export function freshTokens(stack: Stack, email: string): () => Promise<string> {
  let token = ''
  let takenAt = -Infinity
  return async () => {
    if (performance.now() - takenAt > TOKEN_FOR_MS) {
      token = await tokenByEmail(stack, email)
      takenAt = performance.now()
    }
    return token
  }
}

/** A client of the api for this person, without a browser. */
export async function callAs(stack: Stack, name: Name): Promise<Call> {
  return callByEmail(stack, `${name}@example.com`)
}

export async function callByEmail(stack: Stack, email: string): Promise<Call> {
  const token = freshTokens(stack, email)
  await token()
  return createClient({ baseUrl: stack.api, fetch, token })
}

/** Gives somebody an account at the tenant; they are in the team from their first request on. */
export async function signUp(
  stack: Stack,
  person: { name: string; email: string; password: string },
): Promise<void> {
  await fetch(`${stack.auth0}/__emulator/people`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(person),
  })
}
