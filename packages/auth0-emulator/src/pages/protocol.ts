import { randomBytes } from 'node:crypto'
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider'
import { sendMessage } from './message.page.ts'

export function renderProviderError(ctx: KoaContextWithOIDC, out: ErrorOut): void {
  const text = out.error_description ? `${out.error}: ${out.error_description}` : out.error
  sendMessage(ctx, { status: ctx.status, title: 'That did not work', text })
}

/** Auth0 signs out without a question, so oidc-provider's confirmation form is submitted by a script. */
export function submitLogoutForm(
  ctx: KoaContextWithOIDC,
  form: string,
  webOrigins: readonly string[],
): void {
  const nonce = randomBytes(16).toString('base64url')
  const targets = ["'self'", ...webOrigins].join(' ')
  ctx.set('cache-control', 'no-store')
  ctx.set(
    'content-security-policy',
    `default-src 'none'; script-src 'nonce-${nonce}'; form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`,
  )
  const confirmed = form.replace(
    '</form>',
    '<input type="hidden" name="logout" value="yes"></form>',
  )
  ctx.body = `<!doctype html><title>Logging out</title>${confirmed}<script nonce="${nonce}">document.forms[0].submit()</script>`
}
