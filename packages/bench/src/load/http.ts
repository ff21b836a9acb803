import { Pool } from 'undici'

export interface Answer {
  status: number
  text: string
  retryAfter: string | undefined
}

export interface Http {
  send(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Answer>
  close(): Promise<void>
}

/**
 * Requests over connections that stay open, with undici's lowest layer: the server is measured, so the generator builds
 * no streams and no response objects.
 */
export function createHttp(origin: string, connections: number): Http {
  const pool = new Pool(origin, { connections, pipelining: 1, keepAliveTimeout: 8_000 })
  return {
    send: async (method, path, headers, body) =>
      new Promise((resolve, reject) => {
        const answer: Answer = { status: 0, text: '', retryAfter: undefined }
        pool.dispatch(
          { method, path, headers, body: body ?? null },
          {
            onRequestStart: () => undefined,
            onResponseStart(_, status, head) {
              answer.status = status
              if (typeof head['retry-after'] === 'string') answer.retryAfter = head['retry-after']
            },
            onResponseData(_, chunk) {
              answer.text += chunk.toString()
            },
            onResponseEnd: () => resolve(answer),
            onResponseError: (_, error) => reject(error),
          },
        )
      }),
    close: async () => pool.destroy(),
  }
}
