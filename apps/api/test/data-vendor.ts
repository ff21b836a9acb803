import type { Harness } from './harness.ts'

/** Makes the broker fail from now on, or work again. */
export async function setVendor(
  { pusher }: Harness,
  fault: { mode: 'none' | 'down' | 'error' | 'slow'; status?: number; delayMs?: number },
): Promise<void> {
  const response = await fetch(`${pusher.url}/__emulator/fault`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  })
  if (!response.ok) throw new Error(await response.text())
}
