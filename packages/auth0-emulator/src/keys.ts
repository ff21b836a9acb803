import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWK } from 'jose'
import { readSetting, writeSetting } from './sqlite-database.ts'

/** The private keys of a tenant. */
export interface KeyRing {
  current: JWK
  next: JWK
  previous: JWK[]
}

export type Keys = Awaited<ReturnType<typeof openKeys>>

/** As at Auth0: the next key is published before it signs, and previous ones until they are revoked. */
export async function openKeys(database: DatabaseSync, initial?: KeyRing) {
  let ring = storedRing(database) ?? initial ?? (await newKeyRing())
  keep()

  return {
    get current(): JWK {
      return ring.current
    },

    /** Private keys, the signing one first: oidc-provider signs with the first that matches. */
    all(): JWK[] {
      return [ring.current, ring.next, ...ring.previous]
    },

    verifier() {
      return createLocalJWKSet({ keys: this.all().map(publicPart) })
    },

    async rotate(): Promise<void> {
      ring = {
        current: ring.next,
        next: await newKey(),
        previous: [ring.current, ...ring.previous],
      }
      keep()
    },

    revokePrevious(): void {
      ring = { ...ring, previous: [] }
      keep()
    },
  }

  function keep(): void {
    writeSetting(database, 'keys', JSON.stringify(ring))
  }
}

/** Signs session cookies; stored, because a new one would sign everyone out on a restart. */
export function openCookieKey(database: DatabaseSync): string {
  const stored = readSetting(database, 'cookieKey')
  if (stored) return stored
  const fresh = randomBytes(32).toString('base64url')
  writeSetting(database, 'cookieKey', fresh)
  return fresh
}

function storedRing(database: DatabaseSync): KeyRing | undefined {
  const stored = readSetting(database, 'keys')
  if (!stored) return undefined
  const ring: KeyRing = JSON.parse(stored)
  return ring
}

/** Keys for a tenant that begins; making them takes a tenth of a second of processor time. */
export async function newKeyRing(): Promise<KeyRing> {
  const [current, next] = await Promise.all([newKey(), newKey()])
  return { current, next, previous: [] }
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const kid = randomBytes(16).toString('base64url')
  return { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid }
}

function publicPart({ kty, n, e, use, alg, kid }: JWK): JWK {
  return { kty, n, e, use, alg, kid } as JWK
}
