import { constants, createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { encode } from '../issuer.ts'
import { byAlgorithm, header, parts, signedWith, type Forge, type HostileToken } from './forge.ts'

/** Algorithms other than the one there is (RFC 8725 sections 3.1 and 3.2). */
export const ALGORITHMS: HostileToken[] = [
  ['alg none and no key id', 'alg', parts((_, claims) => `${unsigned({})}.${claims}.AAAA`)],
  ['alg none under our key id', 'alg', header({ alg: 'none' })],
  ['alg None', 'alg', header({ alg: 'None' })],
  ['alg NONE', 'alg', header({ alg: 'NONE' })],
  ['alg in lower case', 'alg', header({ alg: 'rs256' })],
  ['alg with a space', 'alg', header({ alg: 'RS256 ' })],
  ['alg missing', 'alg', header({ alg: undefined })],
  ['alg empty', 'alg', header({ alg: '' })],
  ['alg null', 'alg', header({ alg: null })],
  ['alg as a list', 'alg', header({ alg: ['RS256'] })],
  ['alg that every object has', 'alg', header({ alg: 'constructor' })],

  ['HS256 with our public key as the secret', 'alg', byAlgorithm('HS256', hmac(pem))],
  ['HS256 with that key without its line end', 'alg', byAlgorithm('HS256', hmac(trimmedPem))],
  ['HS256 with that key as PKCS 1', 'alg', byAlgorithm('HS256', hmac(pkcs1))],
  ['HS256 with that key as DER', 'alg', byAlgorithm('HS256', hmac(der))],
  ['HS256 with its JWK as the secret', 'alg', byAlgorithm('HS256', hmac(jwk))],
  [
    'HS256 with an empty secret',
    'alg',
    byAlgorithm(
      'HS256',
      hmac(() => ''),
    ),
  ],
  ['HS512 with our public key as the secret', 'alg', byAlgorithm('HS512', hmac(pem, 'sha512'))],

  ['RS384 by our key', 'alg', byAlgorithm('RS384', signedWith('sha384'))],
  ['RS512 by our key', 'alg', byAlgorithm('RS512', signedWith('sha512'))],
  ['PS256 by our key', 'alg', byAlgorithm('PS256', pss)],
  ['ES256 by a key of their own', 'alg', byAlgorithm('ES256', es256)],
  ['EdDSA by a key of their own', 'alg', byAlgorithm('EdDSA', eddsa)],
  ['PSS under the name RS256', 'unverifiable', byAlgorithm('RS256', pss)],
  ['SHA-1 under the name RS256', 'unverifiable', byAlgorithm('RS256', signedWith('sha1'))],
  ['an HMAC under the name RS256', 'unverifiable', byAlgorithm('RS256', hmac(pem))],
]

function unsigned(fields: Record<string, unknown>): string {
  return encode({ alg: 'none', typ: 'JWT', ...fields })
}

function hmac(secret: (forge: Forge) => string | Buffer, hash = 'sha256') {
  return (input: Buffer, forge: Forge) => createHmac(hash, secret(forge)).update(input).digest()
}

function publicKey({ issuer }: Forge) {
  return createPublicKey(issuer.key.privateKey)
}

function pem(forge: Forge): string | Buffer {
  return publicKey(forge).export({ type: 'spki', format: 'pem' })
}

function trimmedPem(forge: Forge): string {
  return pem(forge).toString().trim()
}

function pkcs1(forge: Forge): string | Buffer {
  return publicKey(forge).export({ type: 'pkcs1', format: 'pem' })
}

function der(forge: Forge): Buffer {
  return publicKey(forge).export({ type: 'spki', format: 'der' })
}

function jwk({ issuer }: Forge): string {
  return JSON.stringify(issuer.key.jwk)
}

function pss(input: Buffer, { issuer }: Forge): Buffer {
  const padding = constants.RSA_PKCS1_PSS_PADDING
  return sign('sha256', input, { key: issuer.key.privateKey, padding, saltLength: 32 })
}

function es256(input: Buffer): Buffer {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return sign('sha256', input, { key: privateKey, dsaEncoding: 'ieee-p1363' })
}

function eddsa(input: Buffer): Buffer {
  return sign(null, input, generateKeyPairSync('ed25519').privateKey)
}
