import { isSigningKey, type SigningKey } from './signing-key.ts'

const TIME_LIMIT_MS = 2_000
const SIZE_LIMIT_BYTES = 1024 * 1024
const MAX_KEYS = 50

/** The RSA signature keys at an address: within 2 s and 1 MB, and from nowhere else than there. */
export async function fetchSigningKeys(url: string): Promise<SigningKey[]> {
  const response = await fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
    headers: { accept: 'application/json' },
  })
  if (response.status !== 200) throw new Error(`The key set answered ${response.status}`)
  const { keys } = JSON.parse(await readBounded(response)) as { keys?: unknown }
  if (!Array.isArray(keys)) throw new Error('The key set has no keys')
  const signingKeys = keys.filter(isSigningKey).slice(0, MAX_KEYS)
  // An empty set would end every session; more likely the issuer is broken, so the old keys stay.
  if (signingKeys.length === 0) throw new Error('The key set has no usable keys')
  return signingKeys
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
