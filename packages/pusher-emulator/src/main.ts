import { startPusherEmulator, type PusherEmulatorOptions } from './index.ts'

/** The emulator as a child process: one JSON line when it listens, gone when its parent is. */
const options = JSON.parse(process.env.PUSHER_EMULATOR_OPTIONS ?? '{}') as PusherEmulatorOptions
const emulator = await startPusherEmulator(options)

process.once('SIGTERM', stop)
process.once('SIGINT', stop)
if (process.env.PUSHER_EMULATOR_PARENT === '1') process.stdin.resume().once('end', stop)

// Last: whoever reads the line may stop us at once.
const { url, host, port, appId, key, secret } = emulator
process.stdout.write(`${JSON.stringify({ url, host, port, appId, key, secret })}\n`)

function stop(): void {
  process.stdin.pause()
  void emulator.close()
}
