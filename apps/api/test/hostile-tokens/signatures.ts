import { sign } from 'node:crypto'
import { encode } from '../issuer.ts'
import { goodToken } from '../good-tokens.ts'
import {
  byAlgorithm,
  bySomebodyElse,
  honest,
  nowSeconds,
  parts,
  type Build,
  type Forge,
  type HostileToken,
} from './forge.ts'

/** Signatures that are not of the issuer's key over exactly these bytes. */
export const SIGNATURES: HostileToken[] = [
  ['no signature', 'malformed', withSignature(() => '')],
  ['half a signature', 'unverifiable', withSignature((end) => end.slice(0, 171))],
  ['all but its last byte', 'unverifiable', withSignature((end) => end.slice(0, -2))],
  ['one byte more', 'unverifiable', withSignature((end) => `${end}AA`)],
  ['the first bit flipped', 'unverifiable', withSignature(flip(0, 0x80))],
  ['a bit in the middle flipped', 'unverifiable', withSignature(flip(128, 0x10))],
  ['the last bit flipped', 'unverifiable', withSignature(flip(255, 0x01))],
  ['zeros', 'unverifiable', byAlgorithm('RS256', () => Buffer.alloc(256))],
  ['a single byte', 'unverifiable', byAlgorithm('RS256', () => Buffer.alloc(1))],
  ['the signature of the header alone', 'unverifiable', byAlgorithm('RS256', headerAlone)],
  ['the signature of another token', 'unverifiable', stolenSignature()],
  [
    'other claims under an honest signature',
    'unverifiable',
    withClaims(() => ({ sub: 'auth0|alice' })),
  ],
  ['a later end under an honest signature', 'unverifiable', withClaims(laterEnd)],
  ['another key under our key id', 'unverifiable', bySomebodyElse()],
  ['another key that the header carries', 'unverifiable', bySomebodyElse(carriedKey)],
]

function withSignature(change: (signature: string) => string): Build {
  return parts((header, claims, signature) => `${header}.${claims}.${change(signature)}`)
}

function flip(byte: number, bit: number): (signature: string) => string {
  return (signature) => {
    const bytes = Buffer.from(signature, 'base64url')
    bytes.writeUInt8(bytes.readUInt8(byte) ^ bit, byte)
    return bytes.toString('base64url')
  }
}

function headerAlone(input: Buffer, { issuer }: Forge): Buffer {
  const [header = ''] = input.toString().split('.')
  return sign('sha256', Buffer.from(header), issuer.key.privateKey)
}

function stolenSignature(): Build {
  return (forge) => {
    const [header, claims] = honest(forge).split('.')
    const other = goodToken(forge.issuer, 'auth0|somebody-else')
    const input = `${encode(other.header)}.${encode(other.claims)}`
    const signature = sign('sha256', Buffer.from(input), forge.issuer.key.privateKey)
    return `${header}.${claims}.${signature.toString('base64url')}`
  }
}

function withClaims(changes: () => Record<string, unknown>): Build {
  return (forge) => {
    const [header, , signature] = honest(forge).split('.')
    return `${header}.${encode({ ...goodToken(forge.issuer).claims, ...changes() })}.${signature}`
  }
}

function laterEnd() {
  return { exp: nowSeconds() + 3_600 }
}

function carriedKey({ attacker }: Forge) {
  return { jwk: attacker.key.jwk }
}
