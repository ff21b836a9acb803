import { isSigningKey, type SigningKey } from './signing-key.ts'

const TIME_LIMIT_MS = 2_000
const SIZE_LIMIT_BYTES = 1024 * 1024
const MAX_KEYS = 50

/** Fetches the RSA signature keys from an address: at most 2 s and 1 MB, no redirects. */
export async function fetchSigningKeys(
  url: string,
  onDate?: (issuerMs: number, askedAtMs: number) => void,
): Promise<SigningKey[]> {
  const askedAtMs = performance.now()
  const response = await fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
    headers: { accept: 'application/json' },
  })
  const issuerMs = dateOf(response)
  if (issuerMs !== undefined) onDate?.(issuerMs, askedAtMs)
  if (response.status !== 200) throw new Error(`The key set answered ${response.status}`)
  const { keys } = JSON.parse(await readBounded(response)) as { keys?: unknown }
  if (!Array.isArray(keys)) throw new Error('The key set has no keys')
  const signingKeys = keys.filter(isSigningKey).slice(0, MAX_KEYS)
  // An empty set would end every session. More likely the issuer is broken, so the old keys are kept.
  if (signingKeys.length === 0) throw new Error('The key set has no usable keys')
  return signingKeys
}

/** RFC 9110 section 6.6.1: whole seconds. RFC 9111 section 5.1: a cache adds the response's age. */
function dateOf({ headers }: Response): number | undefined {
  const date = Date.parse(headers.get('date') ?? '')
  const age = Number(headers.get('age') ?? 0)
  if (Number.isNaN(date) || !Number.isInteger(age) || age < 0) return undefined
  return date + age * 1000 + 500
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > SIZE_LIMIT_BYTES) throw new Error('The key set is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
