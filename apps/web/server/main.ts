import { fileURLToPath } from 'node:url'
import { createApp } from './app.ts'
import { serverConfigFromEnv } from './config.ts'

// oxlint-disable-next-line node/no-process-env -- the one place of this process
const config = serverConfigFromEnv(process.env)
const dist = fileURLToPath(new URL('../dist', import.meta.url))
const app = await createApp({
  dist,
  config: config.web,
  ...(config.keepAliveSeconds ? { keepAliveSeconds: config.keepAliveSeconds } : {}),
})
await app.listen({ host: config.host, port: config.port })

const [address] = app.addresses()
const port = typeof address === 'object' ? address.port : config.port
console.log(JSON.stringify({ url: `http://${config.host}:${port}`, port }))

function close(): void {
  // An open stdin would keep the process alive after the server is closed.
  process.stdin.destroy()
  void app.close()
}

process.once('SIGTERM', close)
process.once('SIGINT', close)
if (config.endsWithParent) process.stdin.once('end', close).resume()
