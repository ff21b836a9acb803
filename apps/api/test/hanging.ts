import type { ServerResponse } from 'node:http'

const DRIP_MS = 50

/** How a server can keep somebody waiting for ever. */
export const HANGING: (readonly [what: string, hang: (response: ServerResponse) => void])[] = [
  ['never answers', () => undefined],
  ['ends with the headers', (response) => response.writeHead(200).flushHeaders()],
  ['ends within the body', (response) => void response.writeHead(200).write('{"keys":[')],
  ['drips', drip],
]

/** A byte now and then, so that no single wait is long. */
export function drip(response: ServerResponse): void {
  response.writeHead(200)
  const timer = setInterval(() => response.write(' '), DRIP_MS)
  response.on('close', () => clearInterval(timer))
}
