import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** How a connection ends: closed properly, or reset as by a crashed machine. */
type Ending = 'closed' | 'reset'

/** A proxy between the api and a real Postgres that plays a failing network. */
export interface DatabaseProxy extends AsyncDisposable {
  url: string
  /** How many connections have been opened through it. */
  opened(): number
  /** How many packets the connections of this application have sent: one for each round trip. */
  sent(applicationName: string): number
  /** Ends every connection and refuses new ones. */
  goAway(ending: Ending): Promise<void>
  /** Goes away after a number of packets from the server on one connection. */
  goAwayAfter(pieces: number, ending: Ending): Promise<void>
  /** Goes away on a query with this text, which never reaches the server. */
  goAwayWhenAsked(words: string, ending: Ending): Promise<void>
  comeBack(): Promise<void>
  /** `accepting`: accepts connections and closes them. `silent`: accepts everything, and sends and closes nothing. */
  behave(mode: 'well' | 'accepting' | 'silent'): void
}

export async function startDatabaseProxy(
  databaseUrl: string,
  /** Changes responses of the server, without changing their length. */
  retell: (said: string) => string = (said) => said,
): Promise<DatabaseProxy> {
  const server = createServer()
  const sockets = new Set<Socket>()
  const url = new URL(databaseUrl)
  const target = { host: url.hostname, port: Number(url.port) }
  let mode: 'well' | 'accepting' | 'silent' = 'well'
  let opened = 0
  const sent = new Map<string, number>()
  let limit: { pieces?: number; words?: string; gone: () => void; ending: Ending } | undefined

  server.on('connection', (client) => {
    opened += 1
    keep(client)
    if (mode === 'accepting') return client.end()
    const upstream = keep(connect(target))
    let name: string | undefined
    client.on('data', (bytes) => {
      name ??= /application_name\0([^\0]*)/.exec(bytes.toString('latin1'))?.[1] ?? ''
      sent.set(name, (sent.get(name) ?? 0) + 1)
      if (limit?.words && bytes.includes(limit.words)) return cut()
      if (mode !== 'silent') upstream.write(bytes)
    })
    let pieces = 0
    upstream.on('data', (bytes) => {
      if (limit?.pieces !== undefined && pieces >= limit.pieces) return cut()
      pieces += 1
      if (mode !== 'silent') client.write(retell(bytes.toString('latin1')), 'latin1')
    })
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  })

  function cut(): void {
    const reached = limit
    limit = undefined
    if (reached) void goAway(reached.ending).then(reached.gone)
  }

  function keep(socket: Socket): Socket {
    sockets.add(socket)
    // The other side notices a socket's error.
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    return socket
  }

  async function goAway(ending: Ending): Promise<void> {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) {
      if (ending === 'closed') socket.end().destroySoon()
      else socket.resetAndDestroy()
    }
    await closed
  }

  async function listen(port: number): Promise<void> {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }

  let port = portOfItsOwn()
  while (!(await isFree(listen(port)))) port = portOfItsOwn()
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return {
    url: url.href,
    opened: () => opened,
    sent: (applicationName) => sent.get(applicationName) ?? 0,
    goAway,
    goAwayAfter: async (pieces, ending) =>
      new Promise((gone) => {
        limit = { pieces, gone, ending }
      }),
    goAwayWhenAsked: async (words, ending) =>
      new Promise((gone) => {
        limit = { words, gone, ending }
      }),
    comeBack: async () => listen(port),
    behave: (next) => {
      mode = next
    },
    [Symbol.asyncDispose]: async () => {
      if (server.listening) await goAway('reset')
    },
  }
}

/** Below those of outgoing connections (Linux begins at 32768), one of which would else take it while the proxy is away. */
function portOfItsOwn(): number {
  return randomInt(20_000, 32_000)
}

async function isFree(listening: Promise<void>): Promise<boolean> {
  return listening.then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error
      return false
    },
  )
}
