import { createServer, type RequestListener, type Server } from 'node:http'

export interface Listener {
  port: number
  close(): Promise<void>
}

/** Listens on loopback only, on IPv4 and IPv6: browsers may resolve `localhost` to either. */
export async function listenOnLoopback(port: number, handle: RequestListener): Promise<Listener> {
  const ipv4 = await listen(port, '127.0.0.1', handle)
  const bound = portOf(ipv4)
  try {
    const ipv6 = await listenOnIpv6(bound, handle)
    return listenerOf(bound, ipv6 ? [ipv4, ipv6] : [ipv4])
  } catch (error) {
    await close(ipv4)
    // The port was free in one family only.
    if (port === 0 && codeOf(error) === 'EADDRINUSE') return await listenOnLoopback(0, handle)
    throw error
  }
}

async function listenOnIpv6(port: number, handle: RequestListener): Promise<Server | undefined> {
  try {
    return await listen(port, '::1', handle)
  } catch (error) {
    if (['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error) ?? '')) return undefined
    throw error
  }
}

function listenerOf(port: number, servers: Server[]): Listener {
  return {
    port,
    async close() {
      await Promise.all(servers.map(close))
    },
  }
}

function listen(port: number, host: string, handle: RequestListener): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(handle)
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}

/** `close` alone would wait for every browser to close its keep-alive socket. */
function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
}

function portOf(server: Server): number {
  const address = server.address()
  if (address && typeof address === 'object') return address.port
  throw new Error('The server has no port.')
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
