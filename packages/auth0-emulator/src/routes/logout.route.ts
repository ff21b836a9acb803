import type { Provider } from 'oidc-provider'
import type { Context } from '../incoming-request.ts'
import { sendMessage } from '../pages/message.page.ts'

/** The address that the SDK uses; /oidc/logout is the standard's. */
export async function handleLogout(provider: Provider, ctx: Context): Promise<void> {
  const { client_id: clientId, returnTo } = ctx.query
  if (returnTo !== undefined && !(await isAllowed(provider, clientId, returnTo))) {
    return sendMessage(ctx, {
      status: 400,
      title: 'That address is not allowed',
      text: 'The "returnTo" querystring parameter is not defined as a valid URL.',
    })
  }

  await endSession(provider, ctx)
  if (returnTo !== undefined) return ctx.redirect(String(returnTo))
  sendMessage(ctx, { status: 200, title: 'Logged out', text: 'You can close this page.' })
}

async function isAllowed(provider: Provider, clientId: unknown, returnTo: unknown) {
  if (typeof clientId !== 'string' || typeof returnTo !== 'string') return false
  const client = await provider.Client.find(clientId).catch(() => undefined)
  return client?.postLogoutRedirectUriAllowed(returnTo) ?? false
}

async function endSession(provider: Provider, ctx: Context): Promise<void> {
  const session = await provider.Session.get(ctx)
  if (session.accountId) await session.destroy()
  const cookie = provider.cookieName('session')
  for (const name of [cookie, `${cookie}.sig`]) {
    ctx.cookies.set(name, null, { signed: false, httpOnly: true, sameSite: 'lax' })
  }
}
