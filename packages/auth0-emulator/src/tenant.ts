import type { DatabaseSync } from 'node:sqlite'
import type { Accounts } from './accounts.ts'
import type { Consent } from './consent.ts'
import type { EventStream } from './event-stream.ts'
import type { Keys } from './keys.ts'
import type { ManagementState } from './management/management-state.ts'
import type { Settings } from './options.ts'

/** The emulated tenant: everything that request handlers use. */
export interface Tenant {
  settings: Settings
  database: DatabaseSync
  accounts: Accounts
  keys: Keys
  webOrigins: readonly string[]
  events: EventStream
  management: ManagementState
  consent: Consent
  /** Reasons why a Post-Login Action denies access, by `sub`. */
  denied: Map<string, string>
}
