import type { Account } from '../accounts.ts'
import { profileOf } from '../profile.ts'

/** A person in the format of the Management API and the event stream. */
export function managedUser(account: Account) {
  const { sub, ...profile } = profileOf(account)
  const [provider = '', id = ''] = sub.split('|')
  return {
    ...profile,
    user_id: sub,
    identities: [
      {
        connection: 'Username-Password-Authentication',
        provider,
        user_id: id,
        isSocial: false,
      },
    ],
    created_at: account.updatedAt,
    blocked: account.blocked,
  }
}
