import { type Configuration, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Accounts } from './accounts.ts'
import { clientsOf } from './clients.ts'
import { existingGrant } from './existing-grant.ts'
import { openCookieKey } from './keys.ts'
import { renderProviderError, submitLogoutForm } from './pages/protocol.ts'
import { profileOf } from './profile.ts'
import { installShims } from './provider-shims.ts'
import { resourceIndicators } from './resources.ts'
import type { Settings } from './options.ts'
import { OFFLINE } from './scopes.ts'
import { sqliteAdapter } from './sqlite-adapter.ts'
import type { Tenant } from './tenant.ts'
import { accessTokenCustomizer } from './tokens-format.ts'

const DAY_SECONDS = 24 * 60 * 60

/** A provider for the tenant as it is now: it takes keys and clients at construction only. */
export function createProvider(tenant: Tenant): Provider {
  const provider = new Provider(tenant.settings.issuer, configurationOf(tenant))
  installShims(provider, tenant)
  return provider
}

const COOKIE_NAMES = { session: 'auth0', interaction: 'auth0_interaction', resume: 'auth0_resume' }
const COOKIE_SETTINGS = { signed: true, httpOnly: true, sameSite: 'lax' } as const
const ROUTES = {
  authorization: '/authorize',
  token: '/oauth/token',
  revocation: '/oauth/revoke',
  jwks: '/.well-known/jwks.json',
  userinfo: '/userinfo',
  end_session: '/oidc/logout',
}

function configurationOf(tenant: Tenant): Configuration {
  const { settings, database, accounts, keys } = tenant
  return {
    adapter: sqliteAdapter(database, settings.refreshTokenLeewaySeconds),
    clients: clientsOf(tenant),
    jwks: { keys: keys.all() },
    cookies: {
      keys: [openCookieKey(database)],
      names: COOKIE_NAMES,
      long: COOKIE_SETTINGS,
      short: COOKIE_SETTINGS,
    },
    routes: ROUTES,
    scopes: ['openid', OFFLINE],
    // Auth0 puts the profile into the ID token; by the specification it would be at /userinfo only.
    conformIdTokenClaims: false,
    claims: {
      openid: ['sub', 'sid'],
      profile: ['name', 'nickname', 'picture', 'updated_at'],
      email: ['email', 'email_verified'],
    },
    extraParams: ['audience', 'screen_hint'],
    pkce: { required: (_ctx, client) => client.clientAuthMethod === 'none' },
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') && source.scopes.has(OFFLINE),
    expiresWithSession: async (_ctx, source) => !source.scopes.has(OFFLINE),
    clientBasedCORS: (_ctx, origin) => tenant.webOrigins.includes(origin),
    interactions: { url: (_ctx, interaction) => `/u/${interaction.uid}` },
    loadExistingGrant: (ctx) => existingGrant(tenant, ctx),
    findAccount: async (ctx, sub) => findAccount(accounts, ctx, sub),
    formats: { customizers: { jwt: accessTokenCustomizer(settings, accounts) } },
    renderError: async (ctx, out) => renderProviderError(ctx, out),
    ttl: lifetimesOf(settings),
    features: featuresOf(tenant),
  }
}

function lifetimesOf({ accessTokenTtlSeconds }: Settings): Configuration['ttl'] {
  return {
    AccessToken: accessTokenTtlSeconds,
    AuthorizationCode: 60,
    ClientCredentials: DAY_SECONDS,
    Grant: 30 * DAY_SECONDS,
    IdToken: 10 * 60 * 60,
    Interaction: 60 * 60,
    RefreshToken: 30 * DAY_SECONDS,
    Session: 7 * DAY_SECONDS,
  }
}

function featuresOf(tenant: Tenant): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    revocation: {
      enabled: true,
      allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId,
    },
    webMessageResponseMode: { enabled: true, ack: 'individual-draft-01' },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: async (ctx, form) => submitLogoutForm(ctx, form, tenant.webOrigins),
    },
    resourceIndicators: resourceIndicators(tenant),
  }
}

function findAccount(accounts: Accounts, ctx: KoaContextWithOIDC, sub: string) {
  const account = accounts.find(sub)
  if (!account) return undefined
  if (account.blocked) {
    ctx.state['blocked'] = true
    return undefined
  }
  return {
    accountId: sub,
    claims: async () => ({ ...profileOf(account), sid: sessionIdOf(ctx) }),
  }
}

function sessionIdOf(ctx: KoaContextWithOIDC): string | undefined {
  const { AuthorizationCode, RefreshToken } = ctx.oidc?.entities ?? {}
  return AuthorizationCode?.sessionUid ?? RefreshToken?.sessionUid
}
