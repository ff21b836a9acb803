/**
 * oidc-provider takes `offline_access` away unless the request says prompt=consent, which no Auth0
 * SDK does. Inside it has another name, given and taken at the edge.
 */
export const OFFLINE = 'auth0_offline'

export const IDENTITY_SCOPES = ['openid', 'profile', 'email', OFFLINE]

export function inwardScope(scope: string): string {
  return renameWord(scope, 'offline_access', OFFLINE)
}

export function outwardScope(scope: string): string {
  return renameWord(scope, OFFLINE, 'offline_access')
}

function renameWord(scope: string, from: string, to: string): string {
  return scope
    .split(' ')
    .map((word) => (word === from ? to : word))
    .join(' ')
}
