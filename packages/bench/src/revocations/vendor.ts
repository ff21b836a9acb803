import type { Conclave } from '../contestants/conclave.ts'

export const VENDORS = {
  well: { mode: 'none' },
  slow: { mode: 'slow', delayMs: 300 },
  failing: { mode: 'error', status: 500 },
} as const
export type VendorState = keyof typeof VENDORS

export interface Publish {
  n: number
  /** By the clock of the machine, in ms. */
  at: number
  channels: readonly string[]
}

/** Controls the Pusher emulator, and reads its record. */
export function vendorOf({ stack }: Conclave) {
  const { host, port } = stack.pusher
  const origin = `http://${host}:${port}/__emulator`
  return {
    become: async (state: VendorState): Promise<void> => {
      const response = await fetch(`${origin}/fault`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(VENDORS[state]),
      })
      if (!response.ok) throw new Error(await response.text())
    },
    /** Each call returns what was published since the previous one; call it before the record drops its oldest entries. */
    async openRecord(): Promise<() => Promise<Publish[]>> {
      let { total: read } = await recordAfter(Number.MAX_SAFE_INTEGER)
      return async () => {
        const { total, entries } = await recordAfter(read)
        if (total > read + entries.length) throw new Error('The record has lost its beginning')
        read = total
        return entries.filter(({ kind }) => kind === 'publish')
      }
    },
  }

  async function recordAfter(after: number) {
    const response = await fetch(`${origin}/record?after=${after}`)
    return (await response.json()) as { total: number; entries: (Publish & { kind: string })[] }
  }
}
