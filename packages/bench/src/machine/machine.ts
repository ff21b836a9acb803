import { statfsSync } from 'node:fs'
import { cpus, release, totalmem, type as system } from 'node:os'
import type postgres from 'postgres'

const GIGABYTE = 1024 ** 3
/** tmpfs and ramfs, as statfs(2) numbers them. */
const MEMORY_FILE_SYSTEMS = new Set([0x01021994, 0x858458f6])
const FLUSHES = 300

/** The machine on which the figures were measured. */
export interface Machine {
  date: string
  cores: number
  processor: string
  memoryGb: number
  system: string
  node: string
  postgres: string
  /** Durable commits a second by one writer: how fast this disk flushes. */
  commitsPerSecond: number
  fsync: string
  pinning: string
}

export async function describeMachine(
  sql: postgres.Sql,
  { folder, pinning }: { folder: string; pinning: string },
): Promise<Machine> {
  const [settings] = await sql<{ version: string; fsync: string }[]>`
    select current_setting('server_version') as version, current_setting('fsync') as fsync`
  return {
    date: new Date().toISOString().slice(0, 10),
    // The cores of the machine; this process may be pinned to one of them.
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / GIGABYTE),
    system: `${system()} ${release()}`,
    node: process.version,
    postgres: settings?.version ?? 'unknown',
    commitsPerSecond: await commitsPerSecond(sql),
    fsync: isInMemory(folder) ? 'on, but the folder is in memory' : (settings?.fsync ?? 'unknown'),
    pinning,
  }
}

function isInMemory(folder: string): boolean {
  return MEMORY_FILE_SYSTEMS.has(statfsSync(folder).type)
}

async function commitsPerSecond(sql: postgres.Sql): Promise<number> {
  await sql`create table bench_flushes (n int)`
  const startedAt = performance.now()
  for (let n = 0; n < FLUSHES; n++) await sql`insert into bench_flushes values (${n})`
  const seconds = (performance.now() - startedAt) / 1_000
  await sql`drop table bench_flushes`
  return Math.round(FLUSHES / seconds)
}
