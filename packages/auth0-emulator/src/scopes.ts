/**
 * oidc-provider drops `offline_access` unless the request has prompt=consent, which no Auth0 SDK sends. So internally
 * it has another name, which is translated in requests and responses.
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
