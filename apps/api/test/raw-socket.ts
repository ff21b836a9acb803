import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Answer } from './raw-request.ts'

export interface Heard {
  /** Of each answer, in order: more than one is more than was asked for. */
  statuses: number[]
  text: string
}

/** Sends bytes exactly as they are, for what no HTTP client would write, and reads the one answer. */
export async function exchange(url: string, bytes: string | Buffer): Promise<Answer> {
  return parse((await converse(url, bytes)).text)
}

/** The same, and hears all that is answered until the server closes, which the last request may ask for. */
export async function converse(url: string, bytes: string | Buffer): Promise<Heard> {
  const socket = open(url)
  socket.write(bytes)
  return hear(socket)
}

/** A connection on which a test writes what it likes, when it likes. */
export function open(url: string): Socket {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  // A server that has had enough resets the connection; that is an answer, too.
  socket.on('error', () => {})
  return socket
}

export async function hear(socket: Socket): Promise<Heard> {
  const all = await text(socket)
  const statuses = [...all.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
  return { statuses, text: all }
}

/** A request of these lines, whose answer ends the connection. */
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
