import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Pool } from 'undici'
import type { Answer, Http } from '../load/http.ts'

const CONNECTIONS = 128

/** As a browser asks: compressed if the server can. Counts what bodies of answers weigh on the wire. */
export interface CountedHttp extends Http {
  /** Since the previous call. */
  takeBytes: () => number
}

export function createCountedHttp(origin: string): CountedHttp {
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    keepAliveTimeout: 4_000,
  })
  let bytes = 0

  async function send(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Answer> {
    const answer = await pool.request({
      method,
      path,
      headers: { ...headers, 'accept-encoding': 'gzip, br' },
      body: body ?? null,
    })
    const raw = Buffer.from(await answer.body.arrayBuffer())
    bytes += raw.length
    const retryAfter = answer.headers['retry-after']
    return {
      status: answer.statusCode,
      text: decoded(raw, answer.headers['content-encoding']).toString(),
      retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
    }
  }

  return {
    send,
    takeBytes: () => {
      const taken = bytes
      bytes = 0
      return taken
    },
    close: async () => pool.destroy(),
  }
}

function decoded(raw: Buffer, encoding: string | string[] | undefined): Buffer {
  if (raw.length === 0) return raw
  if (encoding === 'gzip') return gunzipSync(raw)
  return encoding === 'br' ? brotliDecompressSync(raw) : raw
}
