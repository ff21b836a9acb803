import { setTimeout as delay } from 'node:timers/promises'
import type { Account } from '../accounts.ts'
import { revokeAccess, setBlocked } from '../account-changes.ts'
import { type Context, readBody } from '../incoming-request.ts'
import type { Tenant } from '../tenant.ts'
import { requireScopes } from './access.ts'
import { ApiError, sendError } from './api-error.ts'
import { managedUser } from './managed-user.ts'

type Handle = (tenant: Tenant, ctx: Context, id: string) => Promise<void>

const ROUTES: { call: RegExp; scopes: string[]; handle: Handle }[] = [
  { call: /^GET \/api\/v2\/users$/, scopes: ['read:users'], handle: listUsers },
  { call: /^GET \/api\/v2\/users\/([^/]+)$/, scopes: ['read:users'], handle: showUser },
  { call: /^PATCH \/api\/v2\/users\/([^/]+)$/, scopes: ['update:users'], handle: patchUser },
  {
    call: /^POST \/api\/v2\/users\/([^/]+)\/revoke-access$/,
    scopes: ['delete:sessions', 'delete:refresh_tokens'],
    handle: revoke,
  },
]

/** The part of Management API v2 that blocks people and ends their sessions and tokens. */
export async function handleManagement(tenant: Tenant, ctx: Context): Promise<void> {
  try {
    await failAsTold(tenant, ctx)
    if (ctx.res.destroyed) return
    await route(tenant, ctx)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    sendError(ctx, error)
  } finally {
    const { method, path } = ctx
    const status = ctx.res.destroyed ? 0 : ctx.status
    tenant.management.calls.push({ method, path, status, body: stateOf(ctx)['body'] })
  }
}

async function route(tenant: Tenant, ctx: Context): Promise<void> {
  for (const { call, scopes, handle } of ROUTES) {
    const match = call.exec(`${ctx.method} ${ctx.path}`)
    if (!match) continue
    await requireScopes(tenant, ctx, scopes)
    return await handle(tenant, ctx, decodeId(match[1] ?? ''))
  }
  throw new ApiError(404, 'Not Found')
}

async function failAsTold({ management: { fault } }: Tenant, ctx: Context): Promise<void> {
  if (fault.mode === 'slow') await delay(fault.delayMs, undefined, { ref: false })
  if (fault.mode === 'error') throw new ApiError(fault.status, 'An internal error occurred')
  if (fault.mode === 'down') {
    ctx.respond = false
    ctx.req.socket.destroy()
    ctx.res.destroy()
  }
  if (fault.mode !== 'limited') return
  ctx.set('x-ratelimit-limit', '2')
  ctx.set('x-ratelimit-remaining', '0')
  ctx.set('x-ratelimit-reset', String(Math.ceil(Date.now() / 1000) + 1))
  throw new ApiError(429, 'Global limit has been reached', 'too_many_requests')
}

const PAGE_MAX = 100

/** Only the one search query that Conclave uses. */
async function listUsers({ accounts }: Tenant, ctx: Context): Promise<void> {
  if (ctx.query['q'] !== 'blocked:true') {
    throw new ApiError(400, 'The emulator searches for blocked:true only', 'invalid_query_string')
  }
  const limit = Math.min(Number(ctx.query['per_page'] ?? 50), PAGE_MAX)
  const start = Number(ctx.query['page'] ?? 0) * limit
  const found = accounts.blocked()
  const users = found.slice(start, start + limit).map(managedUser)
  const totals = { start, limit, length: users.length, total: found.length }
  ctx.body = ctx.query['include_totals'] === 'true' ? { ...totals, users } : users
}

async function showUser(tenant: Tenant, ctx: Context, id: string): Promise<void> {
  ctx.body = managedUser(existing(tenant, id))
}

async function patchUser(tenant: Tenant, ctx: Context, id: string): Promise<void> {
  const body = await jsonBody(ctx)
  const { blocked } = body
  if (typeof blocked !== 'boolean' || Object.keys(body).length !== 1) {
    throw new ApiError(400, 'Payload validation error: only blocked is known here', 'invalid_body')
  }
  setBlocked(tenant, existing(tenant, id), blocked)
  ctx.body = managedUser(existing(tenant, id))
}

async function revoke(tenant: Tenant, ctx: Context, id: string): Promise<void> {
  const body = await jsonBody(ctx)
  const { session_id: sessionId, preserve_refresh_tokens: preserve = false } = body
  if (sessionId !== undefined && typeof sessionId !== 'string') {
    throw new ApiError(400, 'Payload validation error: session_id', 'invalid_body')
  }
  const preserveRefreshTokens = preserve === true
  revokeAccess(tenant, existing(tenant, id), { sessionId, preserveRefreshTokens })
  ctx.status = 202
  ctx.body = ''
}

function existing({ accounts }: Tenant, id: string): Account {
  const account = accounts.find(id)
  if (account) return account
  throw new ApiError(404, 'The user does not exist.', 'inexistent_user')
}

function decodeId(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    throw new ApiError(400, 'The id is not encoded properly', 'invalid_uri')
  }
}

async function jsonBody(ctx: Context): Promise<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse((await readBody(ctx.req)) || '{}')
    stateOf(ctx)['body'] = body
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>
  } catch {
    // Refused below, like any other body that is no object.
  }
  throw new ApiError(400, 'Payload validation error', 'invalid_body')
}

function stateOf(ctx: Context): Record<string, unknown> {
  return ctx.state as Record<string, unknown>
}
