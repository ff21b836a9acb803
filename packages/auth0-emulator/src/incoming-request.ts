import type { IncomingMessage } from 'node:http'
import type { Provider } from 'oidc-provider'

export type Context = ReturnType<Provider['createContext']>

const BODY_LIMIT = 64 * 1024

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > BODY_LIMIT) throw new Error('The request body is too large.')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Pages of other origins must not sign their visitors in (login CSRF). */
export function isFromOurPage(request: IncomingMessage, url: string): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers
  if (origin !== undefined) return origin === url
  return site === undefined || site === 'same-origin'
}
