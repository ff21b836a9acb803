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
  ['all is well', {}, 'live'],
  ['something is being fetched', { isBehind: true }, 'catching-up'],
  ['sockets are refused', { socket: 'none' }, 'polling'],
  ['the api is gone', { api: 'silent' }, 'api-away'],
  ['the api is gone while something is missing', { api: 'silent', isBehind: true }, 'api-away'],
  ['the tenant is gone', { api: 'no-token' }, 'sign-in-away'],
  [
    'the tenant is gone, and sockets are refused',
    { api: 'no-token', socket: 'none' },
    'sign-in-away',
  ],
  ['nothing answers', { api: 'silent', socket: 'none' }, 'offline'],
  ['the device has no network', { isOnline: false }, 'offline'],
  ['the first socket is on its way', { socket: 'opening' }, 'connecting'],
  ['nothing is loaded yet', { isLoaded: false }, 'connecting'],
  [
    'nothing is loaded yet, and sockets are refused',
    { isLoaded: false, socket: 'none' },
    'connecting',
  ],
] as const)('when %s, that is what is said', (_, facts, kind) => {
  expect(connectionState({ ...WELL, ...facts })).toBe(kind)
})
