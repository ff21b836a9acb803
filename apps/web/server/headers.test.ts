import { expect, test } from 'vitest'
import { securityHeaders } from './headers.ts'

const PRODUCTION = {
  apiUrl: 'https://api.example.com',
  auth0: { domain: 'team.eu.auth0.com', clientId: 'client', audience: 'https://api.example.com' },
  pusher: { key: 'key', cluster: 'eu' },
}
const LOCAL = {
  apiUrl: 'http://localhost:4000',
  auth0: { domain: 'http://localhost:4100', clientId: 'client', audience: 'urn:conclave' },
  pusher: { key: 'key', cluster: 'local', host: 'localhost', port: 4200 },
}

test('the policy lets the web reach its api, its tenant and its broker, and nothing else', () => {
  expect(securityHeaders(PRODUCTION)['Content-Security-Policy']).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; " +
      "connect-src 'self' https://api.example.com https://team.eu.auth0.com wss://ws-eu.pusher.com; " +
      "worker-src 'self'; manifest-src 'self'; frame-src https://team.eu.auth0.com; object-src 'none'; " +
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
      "require-trusted-types-for 'script'; trusted-types default",
  )
})

test('on this machine the policy names the local ports', () => {
  const policy = securityHeaders(LOCAL)['Content-Security-Policy']
  expect(policy).toContain(
    "connect-src 'self' http://localhost:4000 http://localhost:4100 ws://localhost:4200;",
  )
  expect(policy).toContain('frame-src http://localhost:4100;')
})

test('only an https deployment pins https', () => {
  expect(securityHeaders(PRODUCTION)['Strict-Transport-Security']).toContain('max-age=63072000')
  expect(securityHeaders(LOCAL)).not.toHaveProperty('Strict-Transport-Security')
})
