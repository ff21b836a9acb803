import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Canary {
  url: string
  /** Every path that was requested. */
  requests: string[]
  close: () => Promise<void>
}

/** A server that our code has no reason to call; its front page is empty and does not count. */
export async function startCanary(): Promise<Canary> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    if (request.url !== '/') requests.push(request.url ?? '')
    response.setHeader('Content-Type', 'text/html').end('')
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
