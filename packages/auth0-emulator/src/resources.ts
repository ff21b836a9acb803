import { errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider'
import { IDENTITY_SCOPES } from './scopes.ts'
import type { Settings } from './options.ts'
import type { Tenant } from './tenant.ts'

const MANAGEMENT_TOKEN_TTL_SECONDS = 24 * 60 * 60

/** Auth0's `audience` is what RFC 8707 calls `resource`. */
export function resourceIndicators(tenant: Tenant) {
  const { audience, accessTokenTtlSeconds, management, managementAudience } = tenant.settings
  return {
    enabled: true,
    // Code and refresh exchanges name no audience: the one granted at sign-in is used.
    useGrantedResource: async () => true,

    async defaultResource(
      ctx: KoaContextWithOIDC,
      _client: unknown,
      oneOf?: readonly string[],
    ): Promise<string | readonly string[] | undefined> {
      if (oneOf) return oneOf
      const asked = ctx.oidc.params?.['audience'] ?? ctx.oidc.body?.['audience']
      if (typeof asked !== 'string') return missingAudience(ctx)
      // Refused here, before oidc-provider complains about the URI's format.
      refuseUnknown(ctx, asked)
      return asked
    },

    async getResourceServerInfo(
      ctx: KoaContextWithOIDC,
      resource: string,
    ): Promise<ResourceServer> {
      refuseUnknown(ctx, resource)
      if (resource === managementAudience) return managementApi(tenant.settings)
      const permissions = [...tenant.accounts.permissions(), ...tenant.settings.machine.permissions]
      return {
        scope: [...new Set([...IDENTITY_SCOPES, ...permissions])].join(' '),
        audience,
        accessTokenFormat: 'jwt',
        accessTokenTTL: accessTokenTtlSeconds,
        jwt: { sign: { alg: 'RS256' } },
      }
    },
  }

  /** A client grant connects one machine client to one API. */
  function allowedAudience(ctx: KoaContextWithOIDC): string {
    const isManagement = ctx.oidc.client?.clientId === management.clientId
    return isManagement ? managementAudience : audience
  }

  function refuseUnknown(ctx: KoaContextWithOIDC, asked: string): void {
    if (asked === allowedAudience(ctx)) return
    const words = isMachine(ctx) ? 'Service not enabled within domain' : 'Service not found'
    throw new errors.AccessDenied(`${words}: ${asked}`)
  }
}

function managementApi({ management, managementAudience }: Settings): ResourceServer {
  return {
    scope: management.scopes.join(' '),
    audience: managementAudience,
    accessTokenFormat: 'jwt',
    accessTokenTTL: MANAGEMENT_TOKEN_TTL_SECONDS,
    jwt: { sign: { alg: 'RS256' } },
  }
}

/** People may sign in without an API; machine clients have to name one. */
function missingAudience(ctx: KoaContextWithOIDC): undefined {
  if (!isMachine(ctx)) return undefined
  throw new errors.AccessDenied(
    'No audience parameter was provided, and no default audience has been configured',
  )
}

function isMachine(ctx: KoaContextWithOIDC): boolean {
  return ctx.oidc.params?.['grant_type'] === 'client_credentials'
}
