import type { Stack } from '@conclave/dev-stack/stack'
import type { Publish, VendorEntry } from '@conclave/pusher-emulator/record'

/** Everything the broker has seen, including before it was killed and came back empty. */
export class VendorView {
  readonly #stack: Stack
  #before = ''

  constructor(stack: Stack) {
    this.#stack = stack
  }

  /** The whole record so far, as text. */
  async record(): Promise<string> {
    return this.#before + (await this.#recordAfter(0))
  }

  /** Each call gives what was published to this channel since now, however much goes over others. */
  async publishesTo(channel: string): Promise<() => Promise<Publish[]>> {
    const { total } = await this.#entriesAfter(Number.MAX_SAFE_INTEGER)
    return async () => {
      const { entries } = await this.#entriesAfter(total)
      return entries.filter(
        (entry): entry is VendorEntry & Publish =>
          entry.kind === 'publish' && entry.channels.includes(channel),
      )
    }
  }

  /** Crashes the broker but keeps its record. */
  async kill(): Promise<void> {
    this.#before = await this.record()
    await this.#stack.killPusher()
  }

  async #entriesAfter(after: number): Promise<{ total: number; entries: VendorEntry[] }> {
    return JSON.parse(await this.#recordAfter(after)) as { total: number; entries: VendorEntry[] }
  }

  async #recordAfter(after: number): Promise<string> {
    const { host, port } = this.#stack.pusher
    const response = await fetch(`http://${host}:${port}/__emulator/record?after=${after}`)
    return response.text()
  }
}
