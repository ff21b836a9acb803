import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { StackError } from './stack-error.ts'

/** Below the ports that systems give to outgoing connections (RFC 6335, 6; Linux begins at 32768). */
const FIRST_PORT = 20_000
const LAST_PORT = 32_000
const ATTEMPTS = 20

/**
 * A port that is free now, and that no outgoing connection takes before somebody listens on it. Chosen at random, because
 * stacks that start at the same time choose as well.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = await tryListen(randomInt(FIRST_PORT, LAST_PORT))
    if (typeof port === 'number') return port
  }
  const port = await tryListen(0)
  if (typeof port === 'string')
    throw new StackError(
      `No port is available on this machine (${port}): close a program, and check that \`localhost\` is in /etc/hosts.`,
    )
  return port
}

/** Returns the port if it is free; throws a `StackError` that says what to do. */
export async function claimPort(port: number, what: string): Promise<number> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StackError(`The port for ${what} must be a whole number from 1 to 65535.`)
  const answer = await tryListen(port)
  if (typeof answer === 'number') return answer
  if (answer === 'EACCES')
    throw new StackError(
      `Port ${port}, for ${what}, is reserved for root: use one above 1023, and let a proxy listen on this one.`,
    )
  throw new StackError(
    `Port ${port}, for ${what}, is busy: stop the program that uses it (\`lsof -i :${port}\` names it) and start again.`,
  )
}

/** The port, or the code of the error. */
async function tryListen(port: number): Promise<number | string> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
    server.listen({ port, host: 'localhost' }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 'unknown'))
    })
  })
}
