import type { Stack } from '../stack.ts'

/** What is printed of a stack: what a program needs to use it. */
export function stackFacts(stack: Stack) {
  const { appId, key, secret, masterKey, host, port } = stack.pusher
  const { web, api, auth0, audience, clientId, database, people, apiPid } = stack
  return {
    web,
    api,
    auth0,
    audience,
    clientId,
    pusher: { host, port, appId, key, secret, masterKey },
    database,
    people,
    apiPid,
  }
}
