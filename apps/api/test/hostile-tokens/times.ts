import { claims, claimsText, nowSeconds, type HonestToken, type HostileToken } from './forge.ts'

const DAY = 24 * 60 * 60

/** From when and until when a token is good; the leeway is five seconds. */
export const TIMES: HostileToken[] = [
  ['no exp', 'exp', claims({ exp: undefined })],
  ['exp null', 'exp', claims({ exp: null })],
  ['exp as text', 'exp', claims({ exp: String(nowSeconds() + 60) })],
  ['exp in a list', 'exp', claims({ exp: [nowSeconds() + 60] })],
  ['exp true', 'exp', claims({ exp: true })],
  ['exp zero', 'expired', claims({ exp: 0 })],
  ['exp negative', 'expired', claims({ exp: -1 })],
  ['exp without an end', 'exp', claimsText((text) => text.replace(/"exp":\d+/, '"exp":1e999'))],
  ['exp beyond any date', 'lifetime', claims({ exp: 1e308 })],
  ['exp in milliseconds', 'lifetime', claims(() => ({ exp: Date.now() + 60_000 }))],
  [
    'expired by just over the leeway',
    'expired',
    claims(() => ({ iat: nowSeconds() - 60, exp: nowSeconds() - 5.1 })),
  ],
  [
    'expired a year ago',
    'expired',
    claims(() => ({ iat: nowSeconds() - 366 * DAY, exp: nowSeconds() - 365 * DAY })),
  ],
  [
    'expired before it was issued',
    'exp-before-iat',
    claims(() => ({ iat: nowSeconds() + 3, exp: nowSeconds() + 2 })),
  ],
  ['good for more than a day', 'lifetime', claims(() => ({ exp: nowSeconds() + DAY + 100 }))],
  [
    'good for 25 hours of which most are over',
    'lifetime',
    claims(() => ({ iat: nowSeconds() - DAY, exp: nowSeconds() + 3_600 })),
  ],

  ['no iat', 'iat', claims({ iat: undefined })],
  ['iat null', 'iat', claims({ iat: null })],
  ['iat as text', 'iat', claims({ iat: String(nowSeconds()) })],
  ['iat before all time', 'iat', claimsText((text) => text.replace(/"iat":\d+/, '"iat":-1e999'))],
  [
    'issued in the future by just over the leeway',
    'iat-future',
    claims(() => ({ iat: nowSeconds() + 8 })),
  ],
  [
    'issued in an hour',
    'iat-future',
    claims(() => ({ iat: nowSeconds() + 3_600, exp: nowSeconds() + 7_200 })),
  ],

  ['not good for a minute yet', 'nbf-future', claims(() => ({ nbf: nowSeconds() + 60 }))],
  ['not good by just over the leeway', 'nbf-future', claims(() => ({ nbf: nowSeconds() + 8 }))],
  ['nbf as text', 'nbf', claims({ nbf: '0' })],
  ['nbf null', 'nbf', claims({ nbf: null })],
  ['nbf after all time', 'nbf', claimsText((text) => text.replace('{', '{"nbf":1e999,'))],
]

export const HONEST_TIMES: HonestToken[] = [
  [
    'expired by just under the leeway',
    claims(() => ({ iat: nowSeconds() - 60, exp: nowSeconds() - 3 })),
  ],
  [
    'issued ahead of our clock by just under the leeway',
    claims(() => ({ iat: nowSeconds() + 4.5 })),
  ],
  ['good from just under the leeway on', claims(() => ({ nbf: nowSeconds() + 4.5 }))],
  ['good since long ago', claims({ nbf: 0 })],
  ['good for a day', claims(() => ({ iat: nowSeconds(), exp: nowSeconds() + DAY - 1 }))],
]
