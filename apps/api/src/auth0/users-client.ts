import { createManagementAuth } from 'auth0/management'
import { UsersClient } from 'auth0/users'
import { boundedFetch } from './bounded-fetch.ts'

export interface UsersCredentials {
  clientId: string
  clientSecret: string
  issuer: string
}

/** The users part of Auth0's SDK. It is large and optional, so import this file dynamically. */
export function createUsersClient(given: UsersCredentials): UsersClient {
  const fetch = boundedFetch(given.issuer)
  const { clientOptions } = createManagementAuth({
    domain: new URL(given.issuer).host,
    clientId: given.clientId,
    clientSecret: given.clientSecret,
    audience: `${given.issuer}api/v2/`,
    maxRetries: 0,
    fetch,
  })
  return new UsersClient({ ...clientOptions, fetch })
}
