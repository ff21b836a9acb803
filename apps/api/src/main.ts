import type { AddressInfo } from 'node:net'
import closeWithGrace from 'close-with-grace'
import { buildApp } from './app.ts'
import { loadConfig, type Config } from './config.ts'
import { openContext } from './context.ts'
import { isWritable } from './database/is-writable.ts'
import { prepareDatabase } from './database/prepare.ts'
import { createServer } from './server.ts'

const GRACE_MS = 10_000

async function main(config: Config): Promise<void> {
  // Through Node's own stream: pino's retries without end when the reader is gone, and the api could not exit.
  process.stdout.on('error', () => undefined)
  const server = createServer(config, process.stdout)
  const context = openContext(config, server.log)
  const grace = closeWithGrace({ delay: GRACE_MS, logger: server.log }, async ({ err }) => {
    if (err) server.log.fatal({ err }, 'shutting down after an error')
    // New requests are refused and requests in progress finish before the resources they use are closed.
    await server.close()
    await context.close()
  })

  try {
    for (const warning of await prepareDatabase(config.databaseUrl)) server.log.warn(warning)
    await buildApp(server, context.ctx)
    // Loads the key set before the first request needs it; the api starts without it too. Both calls also compare
    // clocks.
    await context.ctx.keys.load()
    await isWritable(context.ctx.sql, context.ctx.clock)
    await server.listen({ host: config.host, port: config.port, listenTextResolver: () => 'bound' })
  } catch (error) {
    grace.uninstall()
    await server.close()
    await context.close()
    throw error
  }
  const { port } = server.server.address() as AddressInfo
  server.log.info({ host: config.host, port, url: `http://${config.host}:${port}` }, 'listening')
  if (config.endsWithParent) process.stdin.on('end', grace.close).resume()
}

try {
  await main(loadConfig())
} catch (error) {
  // A failed start is a message for a person, not a log entry with a stack.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
