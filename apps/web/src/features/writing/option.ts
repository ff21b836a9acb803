import type { Notifies } from '@conclave/shared/messages'
import type { Person } from '@conclave/shared/people'

/** Something that can take the place of what was written. */
export type Option = {
  key: string
  /** Written in full, it is meant. */
  word: string
  /** What goes into the text, and what the field shows of it. */
  source: string
  shown: string
} & (
  | { kind: 'person'; person: Person }
  | { kind: 'everybody'; notifies: Notifies }
  | { kind: 'emoji'; name: string }
)
