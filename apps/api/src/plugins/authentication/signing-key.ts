export interface SigningKey {
  kid: string
  kty: 'RSA'
  n: string
  e: string
}

/** Smaller moduli are too weak (NIST SP 800-57 part 1, table 2; RFC 7518 section 3.3). */
const MODULUS_MIN_BITS = 2_048
/** Larger moduli make each check needlessly expensive (OpenSSL has the same limit). */
const MODULUS_MAX_BITS = 16_384
/** FIPS 186-5 section 5.4: less than 2^256. */
const EXPONENT_MAX_BITS = 256

/** Whether a key in the issuer's set is a sound RS256 verification key. */
export function isSigningKey(key: unknown): key is SigningKey {
  if (typeof key !== 'object' || key === null) return false
  const { kid, kty, use, key_ops: operations, alg, n, e } = key as Record<string, unknown>
  if (typeof kid !== 'string' || kid === '' || kid.length > 128) return false
  if (kty !== 'RSA') return false
  // RFC 7517 sections 4.2 to 4.4: a key is only used for what it is declared for.
  if (use !== undefined && use !== 'sig') return false
  if (operations !== undefined && !isVerifyOnly(operations)) return false
  if (alg !== undefined && alg !== 'RS256') return false
  // A published private key is known to everyone.
  if (PRIVATE.some((name) => name in key)) return false
  return isModulus(numberOf(n)) && isExponent(numberOf(e))
}

const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth']

function isVerifyOnly(operations: unknown): boolean {
  return Array.isArray(operations) && operations.length === 1 && operations[0] === 'verify'
}

function isModulus(n: bigint | undefined): boolean {
  if (n === undefined || isEven(n)) return false
  return bitsOf(n) >= MODULUS_MIN_BITS && bitsOf(n) <= MODULUS_MAX_BITS
}

/** With an exponent of 1 every message is its own signature; with an even one there is no private key. */
function isExponent(e: bigint | undefined): boolean {
  return e !== undefined && e >= 3n && !isEven(e) && bitsOf(e) <= EXPONENT_MAX_BITS
}

/** A Base64urlUInt (RFC 7518 section 2). */
function numberOf(text: unknown): bigint | undefined {
  if (typeof text !== 'string' || !/^[\w-]+$/.test(text)) return undefined
  if (text.length > MODULUS_MAX_BITS / 4) return undefined
  const hex = Buffer.from(text, 'base64url').toString('hex')
  return hex === '' ? undefined : BigInt(`0x${hex}`)
}

function isEven(number: bigint): boolean {
  return number % 2n === 0n
}

function bitsOf(number: bigint): number {
  return number.toString(2).length
}
