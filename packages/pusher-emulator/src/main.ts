import { startPusherEmulator, type PusherEmulatorOptions } from './index.ts'

/** The emulator as a child process: prints one JSON line when it listens, and exits with its parent. */
const options = JSON.parse(process.env.PUSHER_EMULATOR_OPTIONS ?? '{}') as PusherEmulatorOptions
const emulator = await startPusherEmulator(options)

process.once('SIGTERM', stop)
process.once('SIGINT', stop)
if (process.env.PUSHER_EMULATOR_PARENT === '1') process.stdin.resume().once('end', stop)

// Last, because the parent may stop this process as soon as it reads the line.
const { url, host, port, appId, key, secret } = emulator
process.stdout.write(`${JSON.stringify({ url, host, port, appId, key, secret })}\n`)

function stop(): void {
  process.stdin.pause()
  void emulator.close()
}
