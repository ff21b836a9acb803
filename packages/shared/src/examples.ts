import type { TSchema } from 'typebox'

/** Values that a schema accepts, and values that it refuses and why; one test checks them all. */
export interface Example {
  readonly schema: TSchema
  readonly valid: readonly unknown[]
  readonly invalid: Readonly<Record<string, unknown>>
}

/** The ids used in every example. */
export const ALICE = '01900000-0000-7000-8000-00000000000a'
export const BOB = '01900000-0000-7000-8000-00000000000b'
export const GENERAL = '01900000-0000-7000-8000-000000000001'
export const NOON = '2026-11-02T12:00:00.000Z'
