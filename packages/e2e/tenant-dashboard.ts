import type { Stack } from '@conclave/dev-stack/stack'

/** What somebody does in the tenant's dashboard, through the emulator's controls. */
export async function tenant(
  stack: Stack,
  action: 'block' | 'unblock' | 'deny' | 'end-sessions',
  body: { email: string; reason?: string | null },
): Promise<void> {
  const response = await fetch(`${stack.auth0}/__emulator/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${action}: ${response.status} ${await response.text()}`)
}
