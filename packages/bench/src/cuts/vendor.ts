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

/** The broker's stand-in, told how to behave and asked what it was given. */
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
    publishes: async (after: number): Promise<{ total: number; publishes: Publish[] }> => {
      const response = await fetch(`${origin}/record?after=${after}`)
      const { total, entries } = (await response.json()) as {
        total: number
        entries: (Publish & { kind: string })[]
      }
      if (total > after + entries.length) throw new Error('The record has lost its beginning')
      return { total, publishes: entries.filter(({ kind }) => kind === 'publish') }
    },
  }
}
