import { expect, test } from 'vitest'
import { connectionState, type Facts } from './connection-state.ts'

const WELL: Facts = {
  isOnline: true,
  api: 'answers',
  socket: 'open',
  isLoaded: true,
  isBehind: false,
}

test.each([
  ['everything works', {}, 'live'],
  ['something is being fetched', { isBehind: true }, 'catching-up'],
  ['sockets are refused', { socket: 'none' }, 'polling'],
  ['the api is down', { api: 'silent' }, 'api-away'],
  ['the api is down while something is missing', { api: 'silent', isBehind: true }, 'api-away'],
  ['the tenant is down', { api: 'no-token' }, 'sign-in-away'],
  [
    'the tenant is down, and sockets are refused',
    { api: 'no-token', socket: 'none' },
    'sign-in-away',
  ],
  ['nothing answers', { api: 'silent', socket: 'none' }, 'offline'],
  ['the device has no network', { isOnline: false }, 'offline'],
  ['the first socket is being opened', { socket: 'opening' }, 'connecting'],
  ['nothing is loaded yet', { isLoaded: false }, 'connecting'],
  [
    'nothing is loaded yet, and sockets are refused',
    { isLoaded: false, socket: 'none' },
    'connecting',
  ],
] as const)('when %s, the state says so', (_, facts, kind) => {
  expect(connectionState({ ...WELL, ...facts })).toBe(kind)
})
