import type { Account } from '../accounts.ts'
import { sendPage } from '../pages/layout.ts'
import { loginPage } from '../pages/login.page.ts'
import type { SignIn } from './interaction.route.ts'

export function showLogin(signIn: SignIn): void {
  const { login_hint: hint } = signIn.interaction.params
  answer(signIn, 200, { email: typeof hint === 'string' ? hint : '' })
}

export async function logIn(signIn: SignIn, form: URLSearchParams): Promise<Account | undefined> {
  const { accounts } = signIn.tenant
  const chosen = form.get('person')
  if (chosen) return seededPerson(signIn, chosen)

  const email = form.get('email') ?? ''
  const account = await accounts.authenticate(email, form.get('password') ?? '')
  if (account) return account
  answer(signIn, 400, { email, problem: 'Wrong email or password' })
  return undefined
}

/** One click signs in seeded people; people who signed up have a password. */
function seededPerson(signIn: SignIn, sub: string): Account | undefined {
  const account = signIn.tenant.accounts.find(sub)
  if (account?.seeded) return account
  answer(signIn, 400, { email: '', problem: 'Wrong email or password' })
  return undefined
}

function answer(signIn: SignIn, status: number, shown: { email: string; problem?: string }): void {
  const { tenant, ctx } = signIn
  const body = loginPage({
    ...shown,
    appName: tenant.settings.clientName,
    people: tenant.accounts.seeded(),
    action: ctx.path,
  })
  sendPage(ctx, { status, title: 'Log in', body, formTargets: tenant.webOrigins })
}
