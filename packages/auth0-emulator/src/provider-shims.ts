import type { Provider } from 'oidc-provider'
import { type Context, readBody } from './incoming-request.ts'
import { handleManagement } from './management/management-api.ts'
import { handleLogout } from './routes/logout.route.ts'
import { handleSignIn } from './routes/sign-in.route.ts'
import { handleUserinfo } from './routes/userinfo.route.ts'
import { inwardScope, outwardScope } from './scopes.ts'
import type { Tenant } from './tenant.ts'

/** Scripts on protocol pages are allowed by hash, which oidc-provider adds to an existing script-src. */
const PROTOCOL_CSP = "default-src 'none'; script-src 'self'; base-uri 'none'"

/** Differences between Auth0 and oidc-provider: done before it, after it, or instead of it. */
export function installShims(provider: Provider, tenant: Tenant): void {
  provider.use(async (ctx: Context, next: () => Promise<void>) => {
    ctx.set('x-content-type-options', 'nosniff')
    if (ctx.path.startsWith('/u/')) return await handleSignIn(provider, tenant, ctx)
    if (ctx.path.startsWith('/api/v2/')) return await handleManagement(tenant, ctx)
    if (ctx.path === '/v2/logout') return await handleLogout(provider, ctx)
    if (ctx.path === '/userinfo') return await handleUserinfo(tenant, ctx, next)
    if (ctx.path === '/oauth/token') return await aroundToken(ctx, next)
    if (ctx.path === '/oauth/revoke') return await aroundRevoke(ctx, next)
    if (ctx.path === '/.well-known/openid-configuration') return await aroundDiscovery(ctx, next)
    if (ctx.path === '/authorize') translateAuthorize(ctx)
    ctx.set('content-security-policy', PROTOCOL_CSP)
    await next()
  })
}

function translateAuthorize(ctx: Context): void {
  const query = { ...ctx.query }
  if (query['scope']) query['scope'] = inwardScope(String(query['scope']))
  const prompt = translatePrompt(query['prompt'])
  delete query['prompt']
  if (prompt) query['prompt'] = prompt
  if (ctx.query['prompt'] === 'create') query['screen_hint'] = 'signup'
  ctx.query = query
}

/** oidc-provider refuses unknown prompts; Auth0 shows its sign-in page for each. */
function translatePrompt(prompt: string | string[] | undefined): string | undefined {
  if (prompt === 'none') return 'none'
  if (prompt === undefined || prompt === 'consent') return undefined
  return 'login'
}

async function aroundToken(ctx: Context, next: () => Promise<void>): Promise<void> {
  await acceptJson(ctx)
  await next()
  const answer = ctx.body as Record<string, unknown> | undefined
  if (!answer) return
  if (typeof answer['scope'] === 'string') answer['scope'] = outwardScope(answer['scope'])
  if (typeof answer['error'] === 'string') translateTokenError(ctx, answer)
}

async function aroundRevoke(ctx: Context, next: () => Promise<void>): Promise<void> {
  await acceptJson(ctx)
  await next()
}

async function aroundDiscovery(ctx: Context, next: () => Promise<void>): Promise<void> {
  await next()
  const document = ctx.body as { scopes_supported?: string[] } | undefined
  if (!document?.scopes_supported) return
  document.scopes_supported = document.scopes_supported.map(outwardScope)
}

/** Auth0 accepts JSON and forms, oidc-provider forms only. */
async function acceptJson(ctx: Context): Promise<void> {
  if (ctx.method !== 'POST' || !ctx.is('application/json')) return
  const body = await readBody(ctx.req)
  ctx.req.headers['content-type'] = 'application/x-www-form-urlencoded'
  Object.assign(ctx.req, { body: parseJson(body) })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/** In Auth0's exact words, because its SDK searches the description. */
function translateTokenError(ctx: Context, answer: Record<string, unknown>): void {
  if (answer['error'] === 'access_denied') ctx.status = 403
  if (answer['error'] === 'invalid_client') {
    ctx.status = 401
    Object.assign(answer, { error: 'access_denied', error_description: 'Unauthorized' })
  }
  if (answer['error'] !== 'invalid_grant') return
  ctx.status = 403
  answer['error_description'] = invalidGrantWords(ctx)
}

function invalidGrantWords(ctx: Context): string {
  if (wasBlocked(ctx)) return 'user is blocked'
  const grantType: unknown = ctx['oidc']?.params?.grant_type
  if (grantType === 'refresh_token') return 'Unknown or invalid refresh token.'
  return 'Invalid authorization code'
}

function wasBlocked({ state }: { state?: unknown }): boolean {
  return typeof state === 'object' && state !== null && 'blocked' in state
}
