import type { RevocationKind } from '@conclave/shared/admin'
import { expect } from 'vitest'
import type { Harness } from './harness.ts'

export interface StepRow {
  kind: RevocationKind
  attempts: number
  done: boolean
  note: string | null
}

/** A person's revocation steps, done and pending, in order. */
export async function stepsOf({ sql }: Harness, personId: string): Promise<StepRow[]> {
  return sql<StepRow[]>`
    select kind, attempts, done_at is not null as done, last_error as note
    from revocation_steps where person_id = ${personId} order by id`
}

/** The same once nothing is left to do. */
export async function stepsDone(harness: Harness, personId: string): Promise<StepRow[]> {
  await expect
    .poll(async () => (await stepsOf(harness, personId)).filter(({ done }) => !done))
    .toEqual([])
  return stepsOf(harness, personId)
}

/** A person's state at Auth0 itself. */
export async function atAuth0({ ctx, sql }: Harness, personId: string) {
  const [person] = await sql<{ sub: string }[]>`
    select auth0_sub as sub from people where id = ${personId}`
  return ctx.management?.readUser(person?.sub ?? '')
}
