import { createServer } from 'vite'

/**
 * Vite for development, as a process of the stack: prints one ready line, and ends when told to or when its parent
 * ends.
 */
const server = await createServer()
await server.listen()
process.stdout.write(`${JSON.stringify({ url: server.resolvedUrls?.local[0] ?? '' })}\n`)

process.once('SIGTERM', stop)
process.once('SIGINT', stop)
process.stdin.resume().once('end', stop)

function stop(): void {
  // An open stdin would keep the process alive after the server is closed.
  process.stdin.destroy()
  void server.close()
}
