import type { Account } from './accounts.ts'

/** A person's profile, as in ID tokens and from /userinfo. */
export function profileOf(account: Account) {
  return {
    sub: account.sub,
    name: account.name,
    nickname: account.email.split('@')[0] ?? account.email,
    picture: initialsPicture(account.name),
    email: account.email,
    email_verified: account.emailVerified,
    updated_at: account.updatedAt,
  }
}

export function initialsOf(name: string): string {
  const initials = name.match(/(?<!\p{L})\p{L}/gu) ?? []
  const outer = initials.length > 1 ? [initials[0], initials.at(-1)] : initials
  return outer.join('').toUpperCase()
}

/** An image without a network: Auth0 would point at Gravatar. */
function initialsPicture(name: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#8a5a12"/><text x="32" y="41" font-family="sans-serif" font-size="26" fill="#fbfaf7" text-anchor="middle">${initialsOf(name)}</text></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
