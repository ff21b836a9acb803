import type { Provider } from 'oidc-provider'
import { consentPage } from '../pages/consent.page.ts'
import { sendPage } from '../pages/layout.ts'
import { outwardScope } from '../scopes.ts'
import type { SignIn } from './interaction.route.ts'

/** Auth0 docs, User consent: when declined, the app gets `access_denied`. */
const DECLINED = {
  error: 'access_denied',
  error_description: 'User did not authorize the request',
}

/** Asks the person for consent. */
export function showConsent({ tenant, ctx, interaction }: SignIn): void {
  const { scope } = interaction.params
  const account = tenant.accounts.find(interaction.session?.accountId ?? '')
  const body = consentPage({
    action: ctx.path,
    appName: tenant.settings.clientName,
    email: account?.email ?? '',
    scopes: outwardScope(typeof scope === 'string' ? scope : '').split(' '),
  })
  sendPage(ctx, { status: 200, title: 'Authorize app', body, formTargets: tenant.webOrigins })
}

/** Continues with their answer; returns the address to redirect to. */
export async function takeConsent(
  provider: Provider,
  { ctx, interaction }: SignIn,
  form: URLSearchParams,
): Promise<string> {
  const isAccepted = form.get('answer') === 'accept'
  const result = isAccepted ? { ...interaction.lastSubmission, consent: {} } : DECLINED
  return await provider.interactionResult(ctx.req, ctx.res, result)
}
