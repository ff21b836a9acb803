import { request } from 'node:http'

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** A request whose header lines arrive exactly as written, repeated ones included. */
export async function send(
  url: string,
  options: {
    method?: string
    headers?: readonly (readonly [string, string])[]
    body?: string | Buffer
  } = {},
): Promise<Answer> {
  const { method = 'GET', headers = [], body } = options
  const length = body === undefined ? [] : ['Content-Length', String(Buffer.byteLength(body))]
  const lines = ['Host', new URL(url).host, ...headers.flat(), ...length]
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: lines, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
