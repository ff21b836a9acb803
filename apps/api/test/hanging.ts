import type { ServerResponse } from 'node:http'

const DRIP_MS = 50

/** Ways in which a server can hang. */
export const HANGING: (readonly [what: string, hang: (response: ServerResponse) => void])[] = [
  ['never answers', () => undefined],
  ['ends with the headers', (response) => response.writeHead(200).flushHeaders()],
  ['ends within the body', (response) => void response.writeHead(200).write('{"keys":[')],
  ['drips', drip],
]

/** Sends a byte from time to time, so that no idle timeout fires. */
export function drip(response: ServerResponse): void {
  response.writeHead(200)
  const timer = setInterval(() => response.write(' '), DRIP_MS)
  response.on('close', () => clearInterval(timer))
}
