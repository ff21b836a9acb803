import { expect, test } from 'vitest'
import { webConfigFromEnv } from './web-config.ts'

const GOOD = {
  VITE_API_URL: 'https://api.example.com',
  VITE_AUTH0_DOMAIN: 'team.eu.auth0.com',
  VITE_AUTH0_CLIENT_ID: 'client',
  VITE_AUTH0_AUDIENCE: 'https://api.example.com',
  VITE_PUSHER_KEY: 'key',
  VITE_PUSHER_CLUSTER: 'eu',
}

test('reads a whole configuration', () => {
  expect(
    webConfigFromEnv({ ...GOOD, VITE_PUSHER_HOST: 'localhost', VITE_PUSHER_PORT: '4200' }),
  ).toEqual({
    apiUrl: 'https://api.example.com',
    auth0: { domain: 'team.eu.auth0.com', clientId: 'client', audience: 'https://api.example.com' },
    pusher: { key: 'key', cluster: 'eu', host: 'localhost', port: 4200 },
  })
})

test('names every bad value at once, and repeats none', () => {
  const bad = { VITE_API_URL: 'secret value', VITE_PUSHER_KEY: '', VITE_PUSHER_PORT: '0' }
  expect(() => webConfigFromEnv({ ...GOOD, ...bad })).toThrow(
    [
      'Bad configuration:',
      'VITE_PUSHER_PORT must be a port',
      'VITE_API_URL must be an https origin, or http on this machine',
      'VITE_PUSHER_KEY must be set',
    ].join('\n'),
  )
})

test.each([
  ['VITE_API_URL', 'http://api.example.com'],
  ['VITE_API_URL', 'https://api.example.com/'],
  ['VITE_API_URL', 'https://api.example.com; script-src *'],
  ['VITE_AUTH0_DOMAIN', 'http://team.eu.auth0.com'],
  ['VITE_AUTH0_DOMAIN', 'team.eu.auth0.com https://evil.example'],
  ['VITE_PUSHER_CLUSTER', 'eu.evil.example/'],
  ['VITE_PUSHER_HOST', 'ws.example.com; script-src *'],
])('refuses %s=%s', (name, value) => {
  expect(() => webConfigFromEnv({ ...GOOD, [name]: value })).toThrow(name)
})
