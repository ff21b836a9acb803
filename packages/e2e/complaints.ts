import type { BrowserContext } from '@playwright/test'

/** Notes what no page may do: break a policy of ours, or throw. */
export function hearComplaints(context: BrowserContext, complaints: string[]): void {
  context.on('console', (message) => {
    if (/Content Security Policy|TrustedType|Trusted Type|Permissions-Policy/.test(message.text()))
      complaints.push(message.text())
  })
  context.on('weberror', (error) => complaints.push(String(error.error())))
}
