import type { Conclave } from '../contestants/conclave.ts'
import { processorTimeOf } from '../machine/usage.ts'

/** How much processor time the api and its connections to the database have used so far, in milliseconds. */
export async function serverTimes(conclave: Conclave): Promise<{ api: number; database: number }> {
  const backends = await conclave.sql<{ pid: number }[]>`
    select pid from pg_stat_activity where application_name like 'conclave-%'`
  return {
    api: processorTimeOf(conclave.pid()) ?? Number.NaN,
    database: backends.reduce((sum, { pid }) => sum + (processorTimeOf(pid) ?? Number.NaN), 0),
  }
}
