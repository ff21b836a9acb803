import type { ClientMetadata } from 'oidc-provider'
import type { Tenant } from './tenant.ts'

interface Credentials {
  clientId: string
  clientSecret: string
}

export function clientsOf(tenant: Tenant): ClientMetadata[] {
  const { machine, management } = tenant.settings
  return [...webClient(tenant), machineClient(machine), machineClient(management)]
}

/** oidc-provider refuses a client without callbacks, so the web app is added once its origin is known. */
function webClient({ settings, webOrigins }: Tenant): ClientMetadata[] {
  if (webOrigins.length === 0) return []
  return [
    {
      client_id: settings.clientId,
      client_name: settings.clientName,
      application_type: 'web',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      // Auth0 compares these as strings; the SDK's default is the origin without a slash.
      redirect_uris: webOrigins.flatMap((origin) => [origin, `${origin}/`, `${origin}/callback`]),
      post_logout_redirect_uris: webOrigins.flatMap((origin) => [origin, `${origin}/`]),
    },
  ]
}

function machineClient({ clientId, clientSecret }: Credentials): ClientMetadata {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
  }
}
