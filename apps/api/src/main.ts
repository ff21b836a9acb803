import type { AddressInfo } from 'node:net'
import closeWithGrace from 'close-with-grace'
import { buildApp } from './app.ts'
import { loadConfig, type Config } from './config.ts'
import { openContext } from './context.ts'
import { migrate } from './database/migrate.ts'
import { createServer } from './server.ts'

const GRACE_MS = 10_000

async function main(config: Config): Promise<void> {
  const server = createServer(config)
  const { ctx, close } = openContext(config, server.log)
  const grace = closeWithGrace({ delay: GRACE_MS, logger: server.log }, async ({ err }) => {
    if (err) server.log.fatal({ err }, 'ending after an error')
    // New requests are refused and those in flight end before what they use goes away.
    await server.close()
    await close()
  })
  if (config.endsWithParent) {
    process.stdin.on('end', () => void grace.close()).resume()
  }

  await migrate(ctx.sql)
  await buildApp(server, ctx)
  // The key set is warm before the first request needs it; without it the api still starts.
  await ctx.keys.load()
  await server.listen({ host: config.host, port: config.port, listenTextResolver: () => '' })
  const { port } = server.server.address() as AddressInfo
  server.log.info({ host: config.host, port, url: `http://${config.host}:${port}` }, 'listening')
}

try {
  await main(loadConfig())
} catch (error) {
  // A configuration that does not hold is told to a person, not logged with a stack.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
