import { monitorEventLoopDelay } from 'node:perf_hooks'
import { loadavg } from 'node:os'
import type { Stack } from '@conclave/dev-stack/stack'
import postgres from 'postgres'
import type { Poster } from './poster.ts'

const ANSWER_WITHIN_MS = 3_000
/** The metrics that show what an api is doing. */
const TELLING =
  /^(nodejs_eventloop_lag_(max|p99)_seconds|nodejs_active_(requests|resources)_total|process_cpu_seconds_total|conclave_(posts_waiting|commit_began_timestamp_seconds|log_(waiting|oldest_seconds).*|consumer_failures_total.*|limit_store_failures_total)) /

/** Reads the state of every part while a run hangs. */
export interface Lookout {
  look(posters: readonly Poster[]): Promise<string[]>
  close(): void
}

export function openLookout(stack: Stack): Lookout {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  return {
    close: () => delay.disable(),
    look: async (posters) => {
      const own =
        `this process: event loop late by ${milliseconds(delay.percentile(99))} (99 of 100), ` +
        `${milliseconds(delay.max)} at most; load ${loadavg()
          .map((load) => load.toFixed(1))
          .join(' ')}`
      const parts = await Promise.all([
        ...stack.apis.map(lookAtApi),
        said('sign-in', async () => statusOf(`${stack.auth0}/.well-known/jwks.json`)),
        lookAtDatabase(stack),
      ])
      return [own, ...posters.map(({ doing }) => doing()), ...parts.flat()]
    },
  }
}

async function lookAtApi(url: string): Promise<string[]> {
  return (
    await Promise.all([
      said(`${url} lives`, async () => statusOf(`${url}/livez`)),
      said(`${url} is ready`, async () => answerOf(`${url}/readyz`)),
      said(`${url} counts`, async () =>
        (await answerOf(`${url}/metrics`))
          .split('\n')
          .filter((line) => TELLING.test(line))
          .join('; '),
      ),
    ])
  ).flat()
}

async function lookAtDatabase({ database }: Stack): Promise<string[]> {
  const sql = postgres(database, {
    max: 1,
    onnotice: () => undefined,
    connect_timeout: ANSWER_WITHIN_MS / 1_000,
    connection: { statement_timeout: ANSWER_WITHIN_MS },
  })
  try {
    return (
      await Promise.all([
        said('a backend', async () =>
          lines(
            await sql`
            select
              pid, application_name as app, state, wait_event_type as kind, wait_event as on,
              pg_blocking_pids(pid) as behind,
              extract(epoch from clock_timestamp() - xact_start)::numeric(9, 1)::text as xact,
              extract(epoch from clock_timestamp() - state_change)::numeric(9, 1)::text as since,
              left(regexp_replace(query, '\\s+', ' ', 'g'), 100) as query
            from pg_stat_activity
            where pid <> pg_backend_pid()
              and (backend_type <> 'client backend' or state <> 'idle')
            order by backend_type, pid`,
          ),
        ),
        said('a lock waited for', async () =>
          lines(
            await sql`
            select pid, locktype, relation::regclass::text as relation, mode
            from pg_locks where not granted`,
          ),
        ),
        said('a lagging stream', async () =>
          lines(
            await sql`
            select consumer, stream, waiting::int as events, since from lagging`,
          ),
        ),
      ])
    ).flat()
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** If a part cannot be asked, the error is reported instead. */
async function said(what: string, ask: () => Promise<string | string[]>): Promise<string[]> {
  try {
    return [await ask()].flat().map((line) => `${what}: ${line}`)
  } catch (error) {
    return [`${what}: ${error instanceof Error ? `${error.name} ${error.message}` : String(error)}`]
  }
}

async function statusOf(url: string): Promise<string> {
  const askedAt = performance.now()
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
  await response.body?.cancel()
  return `${response.status} in ${milliseconds((performance.now() - askedAt) * 1e6)}`
}

async function answerOf(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
  return `${response.status} ${await response.text()}`
}

function lines(rows: readonly object[]): string[] {
  return rows.map((row) => JSON.stringify(row))
}

function milliseconds(nanoseconds: number): string {
  return `${Math.round(nanoseconds / 1e6)} ms`
}
