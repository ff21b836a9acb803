import { once } from 'node:events'
import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { Answer } from './raw-request.ts'

/** Sends bytes exactly as they are, for what no HTTP client would write, and reads the one answer. */
export async function exchange(url: string, bytes: string | Buffer): Promise<Answer> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) })
  await once(socket, 'connect')
  socket.write(bytes)
  return parse((await buffer(socket)).toString('utf8'))
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
