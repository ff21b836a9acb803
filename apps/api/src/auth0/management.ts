import type { UsersClient } from 'auth0/users'
import type { Config } from '../config.ts'
import type { UsersCredentials } from './users-client.ts'

/** What Conclave does at Auth0 for a person; `sub` is Auth0's id for them. */
export interface Auth0Management {
  setBlocked: (sub: string, blocked: boolean) => Promise<void>
  /** Ends every session and refresh token, or those of one session. Access tokens stay valid until they expire. */
  endSessions: (sub: string, sid?: string) => Promise<void>
  /** Undefined when Auth0 has no such user. */
  readUser: (sub: string) => Promise<{ blocked: boolean } | undefined>
  /** The `sub` of every blocked user, by Auth0's search: at most 1,000, and some seconds out of date. */
  listBlocked: () => Promise<string[]>
}

const PAGE_SIZE = 100
const MAX_PAGES = 10

/** Scopes: read:users, update:users, delete:sessions, delete:refresh_tokens. Undefined without credentials. */
export function createManagement({ auth0 }: Pick<Config, 'auth0'>): Auth0Management | undefined {
  const { management } = auth0
  if (!management) return undefined
  const credentials = { ...management, issuer: auth0.issuer }
  let opening: Promise<UsersClient> | undefined

  /** One attempt: callers have their own retries. */
  async function ask<Result>(call: (users: UsersClient) => Promise<Result>): Promise<Result> {
    opening ??= openUsers(credentials)
    try {
      return await call(await opening)
    } catch (error) {
      // The SDK keeps its token for a day, so a revoked one is dropped here. Otherwise it is kept, because tenants have
      // a quota of tokens.
      if (statusOf(error) === 401) opening = undefined
      throw error
    }
  }

  return {
    setBlocked: async (sub, blocked) => {
      await ask(async (users) => users.update(idOf(sub), { blocked }))
    },
    endSessions: async (sub, sid) => {
      const only = sid === undefined ? {} : { session_id: sid }
      await ask(async (users) => users.revokeAccess(idOf(sub), only))
    },
    readUser: async (sub) => {
      try {
        const user = await ask(async (users) => users.get(idOf(sub), { fields: 'user_id,blocked' }))
        return { blocked: user.blocked === true }
      } catch (error) {
        if (statusOf(error) === 404) return undefined
        throw error
      }
    },
    listBlocked: async () => ask(readBlocked),
  }
}

/** The HTTP status of a refusal by the Management API, if there was a response. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined
  return typeof error.statusCode === 'number' ? error.statusCode : undefined
}

async function openUsers(credentials: UsersCredentials): Promise<UsersClient> {
  const { createUsersClient } = await import('./users-client.ts')
  return createUsersClient(credentials)
}

async function readBlocked(users: UsersClient): Promise<string[]> {
  const subs: string[] = []
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = { q: 'blocked:true', search_engine: 'v3', per_page: PAGE_SIZE, page } as const
    const { data } = await users.list({ ...query, fields: 'user_id', include_totals: true })
    subs.push(...data.flatMap(({ user_id: sub }) => sub ?? []))
    if (data.length < PAGE_SIZE) break
  }
  return subs
}

// Every `sub` contains `|`. This refuses `..`, the one id that encoding leaves as a path segment.
function idOf(sub: string): string {
  if (sub.includes('|')) return sub
  throw new Error('Not an Auth0 user id')
}
