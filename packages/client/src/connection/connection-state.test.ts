import { expect, test } from 'vitest'
import { connectionState, holdsMessages, type Facts } from './connection-state.ts'

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
  ['the api and the broker are down', { api: 'silent', socket: 'none' }, 'api-away'],
  [
    'the api is down, and a socket is being opened',
    { api: 'silent', socket: 'opening' },
    'api-away',
  ],
  ['the device has no network', { isOnline: false }, 'offline'],
  ['there is no network, and then the api is down', { isOnline: false, api: 'silent' }, 'offline'],
  ['there is no network, and no token', { isOnline: false, api: 'no-token' }, 'offline'],
  [
    'there is no network, and nothing answers',
    { isOnline: false, api: 'silent', socket: 'none' },
    'offline',
  ],
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

test('it is live in none of the cases in which something is away, and then says what is sent', () => {
  const apis = ['answers', 'silent', 'no-token'] as const
  const sockets = ['open', 'opening', 'none'] as const
  for (const isOnline of [true, false])
    for (const api of apis)
      for (const socket of sockets)
        for (const isBehind of [false, true]) {
          const kind = connectionState({ isOnline, api, socket, isLoaded: true, isBehind })
          const isSent = isOnline && api === 'answers'
          expect(holdsMessages(kind)).toBe(!isSent)
          expect(kind === 'live').toBe(isSent && socket === 'open' && !isBehind)
        }
})
