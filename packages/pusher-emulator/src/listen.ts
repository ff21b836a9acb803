import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Upgrade } from './upgrade.ts'

const PORT_ATTEMPTS = 10

export interface Listening {
  port: number
  servers: readonly Server[]
}

/** `localhost` is 127.0.0.1 for some clients and ::1 for others, so it listens on both, on one port. */
export async function listenOnLoopback(
  port: number,
  listener: RequestListener,
  upgrade: Upgrade,
): Promise<Listening> {
  for (let attempt = 1; ; attempt += 1) {
    const first = await listen(port, '127.0.0.1', listener, upgrade)
    const bound = (first.address() as AddressInfo).port
    try {
      const second = await listen(bound, '::1', listener, upgrade)
      return { port: bound, servers: [first, second] }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      // A machine without IPv6 has only one loopback.
      if (code !== 'EADDRINUSE') return { port: bound, servers: [first] }
      first.close()
      if (port !== 0 || attempt === PORT_ATTEMPTS) throw error
    }
  }
}

function listen(
  port: number,
  host: string,
  listener: RequestListener,
  upgrade: Upgrade,
): Promise<Server> {
  const server = createServer({ noDelay: true, keepAliveTimeout: 65_000 }, listener)
  server.on('upgrade', upgrade)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host, ipv6Only: host === '::1', backlog: 4096 }, () => {
      server.off('error', reject)
      resolve(server)
    })
  })
}
