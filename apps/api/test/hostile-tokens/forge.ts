import { sign } from 'node:crypto'
import { encode, signed, type Issuer } from '../issuer.ts'
import { goodToken } from '../good-tokens.ts'

/** What a forger has: valid tokens of the issuer, and an issuer of their own. */
export interface Forge {
  issuer: Issuer
  attacker: Issuer
}
export type Build = (forge: Forge) => string

/** One line per case: what is wrong, the reason in our log, and how to make it. */
export type HostileToken = readonly [what: string, reason: string, build: Build]
/** A token that differs from a hostile one by one thing, and is accepted. */
export type HonestToken = readonly [what: string, build: Build]

type Fields = Record<string, unknown>
/** Fields, or how to make them, for what names the issuer, the attacker or the time. */
type Changes = Fields | ((forge: Forge) => Fields)

/** The header changed, and signed honestly. */
export function header(changes: Changes): Build {
  return (forge) => {
    const { header, claims } = goodToken(forge.issuer)
    return signed(forge.issuer.key.privateKey, { ...header, ...made(changes, forge) }, claims)
  }
}

/** The claims changed, and signed honestly; undefined takes one away. */
export function claims(changes: Changes): Build {
  return (forge) => {
    const { header, claims } = goodToken(forge.issuer)
    return signed(forge.issuer.key.privateKey, header, { ...claims, ...made(changes, forge) })
  }
}

/** The claims as text, for what JSON.stringify would not write; signed honestly. */
export function claimsText(change: (text: string) => string): Build {
  return ({ issuer }) => {
    const { header, claims } = goodToken(issuer)
    return signed(issuer.key.privateKey, header, change(JSON.stringify(claims)))
  }
}

/** The header as text, likewise. */
export function headerText(change: (text: string) => string): Build {
  return ({ issuer }) => {
    const { header, claims } = goodToken(issuer)
    return signed(issuer.key.privateKey, change(JSON.stringify(header)), claims)
  }
}

/** The three parts of a valid token, put together differently. */
export function parts(
  change: (header: string, claims: string, signature: string) => string,
): Build {
  return (forge) => {
    const [header = '', claims = '', signature = ''] = honest(forge).split('.')
    return change(header, claims, signature)
  }
}

/** Good in all but who signed it: the attacker, with a header that tells where to find the key. */
export function bySomebodyElse(changes: Changes = {}): Build {
  return (forge) => {
    const { header, claims } = goodToken(forge.issuer)
    return signed(forge.attacker.key.privateKey, { ...header, ...made(changes, forge) }, claims)
  }
}

/** Good in all but the algorithm, by whose rules this signs. */
export function byAlgorithm(
  alg: string,
  signature: (input: Buffer, forge: Forge) => Buffer | string,
): Build {
  return (forge) => {
    const { header, claims } = goodToken(forge.issuer)
    const input = `${encode({ ...header, alg })}.${encode(claims)}`
    return `${input}.${Buffer.from(signature(Buffer.from(input), forge)).toString('base64url')}`
  }
}

export function honest({ issuer }: Forge): string {
  const { header, claims } = goodToken(issuer)
  return signed(issuer.key.privateKey, header, claims)
}

/** The issuer's own signature by another hash. */
export function signedWith(hash: string): (input: Buffer, forge: Forge) => Buffer {
  return (input, { issuer }) => sign(hash, input, issuer.key.privateKey)
}

export function nowSeconds(): number {
  return Date.now() / 1000
}

function made(changes: Changes, forge: Forge): Fields {
  return typeof changes === 'function' ? changes(forge) : changes
}
