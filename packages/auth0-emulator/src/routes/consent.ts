import type { Provider } from 'oidc-provider'
import { isFromOurPage, readBody } from '../http.ts'
import { consentPage } from '../pages/consent.ts'
import { sendPage } from '../pages/layout.ts'
import { outwardScope } from '../scopes.ts'
import { sendForeignForm, type SignIn } from './sign-in.ts'

/** Auth0 docs, User consent: declined, the app is told `access_denied`. */
const DECLINED = {
  error: 'access_denied',
  error_description: 'User did not authorize the request',
}

/** Asks whether the app may act for this person, and goes on with their answer. */
export async function handleConsent(provider: Provider, signIn: SignIn): Promise<void> {
  const { tenant, ctx, interaction } = signIn
  if (ctx.method !== 'POST') return showConsent(signIn)
  if (!isFromOurPage(ctx.req, tenant.settings.url)) return sendForeignForm(ctx)
  const form = new URLSearchParams(await readBody(ctx.req))
  const isAccepted = form.get('answer') === 'accept'
  const result = isAccepted ? { ...interaction.lastSubmission, consent: {} } : DECLINED
  ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result))
}

function showConsent({ tenant, ctx, interaction }: SignIn): void {
  const account = tenant.accounts.find(interaction.session?.accountId ?? '')
  const body = consentPage({
    action: ctx.path,
    appName: tenant.settings.clientName,
    email: account?.email ?? '',
    scopes: outwardScope(String(interaction.params['scope'] ?? '')).split(' '),
  })
  sendPage(ctx, { status: 200, title: 'Authorize app', body, formTargets: tenant.webOrigins })
}
