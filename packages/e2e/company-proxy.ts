import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

/**
 * What the proxy does with a request: answers itself, breaks the connection, asks another server, or overwrites headers
 * of the answer; undefined forwards it.
 */
type Meddling =
  | 'breaks'
  | { status: number; body: string }
  | { askedOf: string }
  | { headers: Record<string, string> }
  | undefined

/** What a network answers that wants its terms accepted first. */
export const PORTAL = {
  status: 200,
  body: '<!doctype html><h1>Accept the terms of this network</h1>',
}
export const BAD_GATEWAY = { status: 502, body: 'Bad gateway' }

/** A proxy between one browser and all servers, as in companies: honest until it is told otherwise. */
export class CompanyProxy {
  /** Options for Playwright: everything goes through the proxy, including requests to this machine. */
  readonly settings: { server: string; bypass: string }
  meddle: (url: URL) => Meddling = () => undefined
  refusesSockets = false
  readonly #server
  readonly #tunnels = new Set<Duplex>()

  static async start(): Promise<CompanyProxy> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new CompanyProxy(server)
  }

  private constructor(server: ReturnType<typeof createServer>) {
    this.#server = server
    const { port } = server.address() as AddressInfo
    this.settings = { server: `http://127.0.0.1:${port}`, bypass: '<-loopback>' }
    server.on('request', (request, response) => this.#pass(request, response))
    server.on('connect', (request, socket, head) => this.#tunnel(request.url ?? '', socket, head))
  }

  /** Ends open sockets; whether new ones may be opened is decided separately. */
  cutSockets(): void {
    for (const socket of this.#tunnels) socket.destroy()
  }

  async close(): Promise<void> {
    this.cutSockets()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '')
    const meddling = this.meddle(url)
    if (meddling === 'breaks') return void request.socket.destroy()
    if (meddling && 'status' in meddling) {
      response.writeHead(meddling.status, { 'content-type': 'text/html' }).end(meddling.body)
      return
    }
    const { method, headers } = request
    const onward = ask(
      meddling && 'askedOf' in meddling ? new URL(url.pathname, meddling.askedOf) : url,
      { method, headers, agent: false },
      (answer) => {
        const written = meddling && 'headers' in meddling ? meddling.headers : {}
        response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...written })
        answer.pipe(response)
      },
    )
    onward.on('error', () => request.socket.destroy())
    request.pipe(onward)
  }

  /** Without https, browsers open a tunnel only for a WebSocket. */
  #tunnel(target: string, socket: Duplex, head: Buffer): void {
    if (this.refusesSockets) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    const { hostname, port } = new URL(`http://${target}`)
    const onward = connect(Number(port || 80), hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.write(head)
      socket.pipe(onward).pipe(socket)
    })
    this.#tunnels.add(socket)
    for (const end of [socket, onward]) end.on('error', () => (socket.destroy(), onward.destroy()))
    socket.on('close', () => (this.#tunnels.delete(socket), onward.destroy()))
  }
}
