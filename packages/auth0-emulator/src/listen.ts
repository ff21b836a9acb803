import { createServer, type RequestListener, type Server } from 'node:http'

export interface Listener {
  port: number
  close(): Promise<void>
}

/** Loopback only, and both families of it: browsers may take `localhost` for either. */
export async function listenOnLoopback(port: number, handle: RequestListener): Promise<Listener> {
  const ipv4 = await listen(port, '127.0.0.1', handle)
  const bound = portOf(ipv4)
  const ipv6 = await listen(bound, '::1', handle).catch(async (error: unknown) => {
    if (hasNoIpv6(error)) return undefined
    await close(ipv4)
    throw error
  })
  const servers = ipv6 ? [ipv4, ipv6] : [ipv4]
  return {
    port: bound,
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

/** `close` alone would wait for every browser to let go of its keep-alive socket. */
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

function hasNoIpv6(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT'
}
