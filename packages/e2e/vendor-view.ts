import type { Stack } from '@conclave/dev-stack/stack'

/** Everything the broker has seen, including before it was killed and came back empty. */
export class VendorView {
  readonly #stack: Stack
  #before = ''

  constructor(stack: Stack) {
    this.#stack = stack
  }

  /** The whole record so far, as text. */
  async record(): Promise<string> {
    const { host, port } = this.#stack.pusher
    const response = await fetch(`http://${host}:${port}/__emulator/record`)
    return this.#before + (await response.text())
  }

  /** Crashes the broker but keeps its record. */
  async kill(): Promise<void> {
    this.#before = await this.record()
    await this.#stack.killPusher()
  }
}
