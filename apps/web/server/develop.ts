import { createServer } from 'vite'

/** Vite while developing, as a process of the stack: one ready line, gone when told or when its parent is. */
const server = await createServer()
await server.listen()
process.stdout.write(`${JSON.stringify({ url: server.resolvedUrls?.local[0] ?? '' })}\n`)

process.once('SIGTERM', stop)
process.once('SIGINT', stop)
process.stdin.resume().once('end', stop)

function stop(): void {
  // An open stdin would keep the closed server's process alive.
  process.stdin.destroy()
  void server.close()
}
