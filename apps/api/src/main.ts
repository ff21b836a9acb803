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
  // Through Node's own stream: pino's tries for ever to write to a reader that is gone, and the api could not end.
  process.stdout.on('error', () => undefined)
  const server = createServer(config, process.stdout)
  const context = openContext(config, server.log)
  const grace = closeWithGrace({ delay: GRACE_MS, logger: server.log }, async ({ err }) => {
    if (err) server.log.fatal({ err }, 'ending after an error')
    // New requests are refused and those in flight end before what they use goes away.
    await server.close()
    await context.close()
  })

  try {
    for (const warning of await prepareDatabase(config.databaseUrl)) server.log.warn(warning)
    await buildApp(server, context.ctx)
    // The key set is warm before the first request needs it; without it the api still starts. Both say what time it is.
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
  // A start that cannot work is told to a person, not logged with a stack.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
