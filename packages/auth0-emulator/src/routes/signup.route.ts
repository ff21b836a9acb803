import type { Account, NewAccount } from '../accounts.ts'
import { sendPage } from '../pages/layout.ts'
import { signupPage } from '../pages/signup.page.ts'
import type { SignIn } from './interaction.route.ts'

const PASSWORD_MIN_CHARS = 8

export function showSignup(signIn: SignIn): void {
  const { login_hint: hint } = signIn.interaction.params
  answer(signIn, 200, { name: '', email: typeof hint === 'string' ? hint : '' })
}

export async function signUp(signIn: SignIn, form: URLSearchParams): Promise<Account | undefined> {
  const { accounts, settings } = signIn.tenant
  const person = {
    name: form.get('name')?.trim() ?? '',
    email: form.get('email')?.trim() ?? '',
    password: form.get('password') ?? '',
    emailVerified: settings.signUpsAreVerified,
  }
  const problem = problemWith(person, accounts.findByEmail(person.email))
  if (!problem) return await accounts.create(person)
  answer(signIn, 400, { ...person, problem })
  return undefined
}

function problemWith(person: NewAccount, existing: Account | undefined): string | undefined {
  if (person.name === '') return 'Enter your name'
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(person.email)) return 'Enter a valid email address'
  if (existing) return 'This email address already has an account. Log in instead.'
  if (person.password.length >= PASSWORD_MIN_CHARS) return undefined
  return `Choose a password of at least ${PASSWORD_MIN_CHARS} characters`
}

function answer(
  signIn: SignIn,
  status: number,
  shown: { name: string; email: string; problem?: string },
): void {
  const { tenant, ctx } = signIn
  const { name, email, problem } = shown
  const appName = tenant.settings.clientName
  const body = signupPage({ name, email, appName, action: ctx.path, ...(problem && { problem }) })
  sendPage(ctx, { status, title: 'Sign up', body, formTargets: tenant.webOrigins })
}
