import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Answer } from './raw-request.ts'

export interface Heard {
  /** The statuses of all responses, in order. */
  statuses: number[]
  text: string
}

/** Sends these exact bytes, which no HTTP client would, and reads the one response. */
export async function exchange(url: string, bytes: string | Buffer): Promise<Answer> {
  return parse((await converse(url, bytes)).text)
}

/** The same, and reads all responses until the server closes. */
export async function converse(url: string, bytes: string | Buffer): Promise<Heard> {
  const socket = open(url)
  socket.write(bytes)
  return hear(socket)
}

/** A connection on which a test writes any bytes at any time. */
export function open(url: string): Socket {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  // The server may reset the connection, which is a response, too.
  socket.on('error', () => {})
  return socket
}

export async function hear(socket: Socket): Promise<Heard> {
  const all = await text(socket)
  const statuses = [...all.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
  return { statuses, text: all }
}

/** A request with these lines, after which the connection closes. */
export function lines(...lines: string[]): string {
  return `${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`
}

function parse(text: string): Answer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [statusLine = '', ...fields] = head.split('\r\n')
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: Object.fromEntries(fields.map(field)),
    body: rest.join('\r\n\r\n'),
  }
}

function field(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
}
