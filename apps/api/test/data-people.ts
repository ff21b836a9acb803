import { randomUUID } from 'node:crypto'
import { type Call, ProblemError } from '@conclave/shared/client'
import { getMe, type Me } from '@conclave/shared/people'
import type { ProblemSlug } from '@conclave/shared/problems'
import type { Harness } from './harness.ts'

export interface Colleague {
  id: string
  email: string
  call: Call
  token: string
  /** Sends one request; the body is JSON. */
  send: (method: string, path: string, body?: unknown) => Promise<{ status: number; text: string }>
}

/** Signs people in; afterwards they are in the team. */
export async function arrive(harness: Harness, names: string[]): Promise<Colleague[]> {
  const colleagues: Colleague[] = []
  for (const name of names) colleagues.push(await arriveOne(harness, name))
  return colleagues
}

/** A person who has just signed up, whom no other test knows. */
export async function newcomer(harness: Harness): Promise<Colleague> {
  const name = `newcomer-${randomUUID()}`
  await harness.auth0.addCrowd([`${name}@example.com`])
  return arriveOne(harness, name)
}

/** The slug of the problem that this call fails with. */
export async function refusal(call: Promise<unknown>): Promise<ProblemSlug> {
  const outcome = await outcomeOf(call)
  if (outcome === 'done') throw new Error('It was not refused')
  return outcome
}

/** The slug of the problem that this call fails with, or `done`. */
export async function outcomeOf(call: Promise<unknown>): Promise<ProblemSlug | 'done'> {
  try {
    await call
    return 'done'
  } catch (error) {
    if (error instanceof ProblemError) return error.slug
    throw error
  }
}

/** A problem document without the request's id. */
export function withoutInstance(text: string): string {
  return text.replace(/"instance":"[^"]*"/, '')
}

/** As a page does, asks again while the tenant is too busy to say who somebody is. */
async function meOf(call: Call): Promise<Me> {
  for (;;) {
    try {
      return await call(getMe, {})
    } catch (error) {
      if (!(error instanceof ProblemError && error.slug === 'unavailable')) throw error
    }
  }
}

async function arriveOne(harness: Harness, name: string): Promise<Colleague> {
  const email = `${name}@example.com`
  const { call, token } = await harness.as(email)
  const { id } = await meOf(call)
  return {
    id,
    email,
    call,
    token,
    send: async (method, path, body) => {
      const response = await fetch(harness.url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, text: await response.text() }
    },
  }
}
