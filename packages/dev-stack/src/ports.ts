import { createServer } from 'node:net'
import { StackError } from './stack-error.ts'

/** A port that nothing listens on right now. */
export async function freePort(): Promise<number> {
  const port = await tryListen(0)
  if (port === undefined) throw new StackError('This machine has no free port: close a program.')
  return port
}

/** The same port when it is free, and otherwise a sentence that says what to do. */
export async function claimPort(port: number, what: string): Promise<number> {
  if ((await tryListen(port)) !== undefined) return port
  throw new StackError(
    `Port ${port}, for ${what}, is busy: stop what uses it (\`lsof -i :${port}\` names it) and start again.`,
  )
}

async function tryListen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ port, host: 'localhost' }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined))
    })
  })
}
