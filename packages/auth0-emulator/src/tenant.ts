import type { DatabaseSync } from 'node:sqlite'
import type { Accounts } from './accounts.ts'
import type { Consent } from './consent.ts'
import type { EventStream } from './event-stream.ts'
import type { Keys } from './keys.ts'
import type { ManagementState } from './management/management-state.ts'
import type { Settings } from './options.ts'

/** What the stand-in is made of; everything that answers is handed it. */
export interface Tenant {
  settings: Settings
  database: DatabaseSync
  accounts: Accounts
  keys: Keys
  webOrigins: readonly string[]
  events: EventStream
  management: ManagementState
  consent: Consent
  /** Why an Action lets somebody not in, by their `sub`. */
  denied: Map<string, string>
}
