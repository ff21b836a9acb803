import type { IncomingMessage } from 'node:http'
import { HttpError } from './http-error.ts'

export interface ApiRequest {
  method: string
  /** The path as sent, still percent-encoded. */
  path: string
  query: string
  body: string
}

export function splitTarget(request: IncomingMessage): { path: string; query: string } {
  const target = request.url ?? '/'
  const mark = target.indexOf('?')
  if (mark < 0) return { path: target, query: '' }
  return { path: target.slice(0, mark), query: target.slice(mark + 1) }
}

export async function readRequest(request: IncomingMessage, maxBytes: number): Promise<ApiRequest> {
  const method = request.method ?? 'GET'
  const body = method === 'GET' ? '' : await readBody(request, maxBytes)
  return { method, ...splitTarget(request), body }
}

function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      // The rest of a body over the limit is read but not kept, so that the response can still be sent.
      if (bytes <= maxBytes) chunks.push(chunk)
    })
    request.on('error', reject)
    request.on('end', () => {
      if (bytes > maxBytes) reject(new HttpError(413, `Request body exceeds ${maxBytes} bytes`))
      else resolve(Buffer.concat(chunks).toString())
    })
  })
}
