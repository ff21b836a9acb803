import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Canary {
  url: string
  /** Every path that was asked for. */
  requests: string[]
  close: () => Promise<void>
}

/** A server that nothing of ours has a reason to ask; its front page is empty and does not count. */
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
