import { type Auth0EmulatorOptions, startAuth0Emulator } from './index.ts'

/** The emulator as a process of its own: options in the environment, one line of JSON out. */
async function main(): Promise<void> {
  // Stdout is for that one line only; oidc-provider prints notices through console.info.
  console.info = console.error
  const options: Auth0EmulatorOptions = JSON.parse(process.env['AUTH0_EMULATOR_OPTIONS'] ?? '{}')
  const emulator = await startAuth0Emulator({ ...options, webOrigins: options.webOrigins ?? [] })

  const close = () => void emulator.close().finally(() => process.exit(0))
  process.once('SIGTERM', close)
  process.once('SIGINT', close)
  process.once('disconnect', close)
  if (process.env['AUTH0_EMULATOR_PARENT'] === '1') process.stdin.resume().once('end', close)

  const { url, port, clientId, audience, management } = emulator
  process.stdout.write(`${JSON.stringify({ url, port, clientId, audience, management })}\n`)
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
