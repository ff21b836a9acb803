import type { Provider } from 'oidc-provider'
import type { Account } from '../accounts.ts'
import { type Context, isFromOurPage, readBody } from '../incoming-request.ts'
import { sendMessage } from '../pages/message.page.ts'
import type { Tenant } from '../tenant.ts'
import { showConsent, takeConsent } from './consent.route.ts'
import type { SignIn } from './interaction.route.ts'
import { logIn, showLogin } from './login.route.ts'
import { showSignup, signUp } from './signup.route.ts'

/** One address for both screens, because the cookie is valid for this path only. */
export async function handleSignIn(provider: Provider, tenant: Tenant, ctx: Context) {
  const interaction = await provider.interactionDetails(ctx.req, ctx.res).catch(() => undefined)
  if (!interaction || ctx.path !== `/u/${interaction.uid}`) return sendExpired(ctx)

  const signIn = { tenant, ctx, interaction }
  const isConsent = interaction.prompt.name === 'consent'
  if (isConsent && ctx.method !== 'POST') return showConsent(signIn)
  const signup = wantsSignup(signIn)
  if (ctx.method !== 'POST') return signup ? showSignup(signIn) : showLogin(signIn)

  if (!isFromOurPage(ctx.req, tenant.settings.url)) return sendForeignForm(ctx)
  const form = new URLSearchParams(await readBody(ctx.req))
  if (isConsent) return ctx.redirect(await takeConsent(provider, signIn, form))
  const account = signup ? await signUp(signIn, form) : await logIn(signIn, form)
  if (account) ctx.redirect(await resume(provider, signIn, account))
}

function wantsSignup({ ctx, interaction }: SignIn): boolean {
  const screen = ctx.query['screen'] ?? interaction.params['screen_hint']
  return screen === 'signup'
}

async function resume(provider: Provider, signIn: SignIn, account: Account): Promise<string> {
  const { req, res } = signIn.ctx
  if (account.blocked) {
    const refusal = { error: 'unauthorized', error_description: 'user is blocked' }
    return await provider.interactionResult(req, res, refusal)
  }
  // The effect of `api.access.deny(reason)` in a Post-Login Action.
  const reason = signIn.tenant.denied.get(account.sub)
  if (reason !== undefined) {
    const refusal = { error: 'access_denied', error_description: reason }
    return await provider.interactionResult(req, res, refusal)
  }
  const login = { accountId: account.sub, remember: true, amr: ['pwd'] }
  return await provider.interactionResult(req, res, { login })
}

function sendExpired(ctx: Context): void {
  sendMessage(ctx, {
    status: 400,
    title: 'This page has expired',
    text: 'Go back to the app and sign in again.',
  })
}

function sendForeignForm(ctx: Context): void {
  sendMessage(ctx, {
    status: 403,
    title: 'That form came from another site',
    text: 'Go back to the app and sign in again.',
  })
}
