import postgres from 'postgres'
import { CONNECT_TIMEOUT_SECONDS, RELIED_ON, STATEMENT_TIMEOUT } from './connection.ts'

const LEAST_MAJOR = 18
/** undefined_object: an older server does not know one of our settings. */
const UNKNOWN_SETTING = '42704'

/** The server cannot be used; the message says what to do. */
class UnfitServer extends Error {
  override readonly name = 'UnfitServer'
}

interface Server {
  version: number
  versionName: string
  encoding: string
  recovering: boolean
  readOnly: boolean
  replicationRole: string
  fsync: boolean
  fullPageWrites: boolean
}

/**
 * Checks the server before anything is changed in it. Throws `UnfitServer`; returns warnings about settings that work
 * but are unsafe.
 */
export async function checkServer(databaseUrl: string): Promise<string[]> {
  const server = await readServer(databaseUrl)
  const complaint = complaintOf(server)
  if (complaint) throw new UnfitServer(complaint)
  return warningsOf(server)
}

async function readServer(databaseUrl: string): Promise<Server> {
  try {
    return await ask(databaseUrl, RELIED_ON)
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: string }
    if (code === UNKNOWN_SETTING) return ask(databaseUrl, STATEMENT_TIMEOUT)
    if (/unsupported startup parameter/.test(message ?? ''))
      throw new UnfitServer(
        'DATABASE_URL leads to a pooler that does not accept connection settings: name the server itself',
      )
    throw error
  }
}

async function ask(databaseUrl: string, connection: Record<string, string>): Promise<Server> {
  const sql = postgres(databaseUrl, {
    max: 1,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    fetch_types: false,
    connection,
    onnotice: () => {},
  })
  try {
    const [server] = await sql<Server[]>`
      select
        current_setting('server_version_num')::int as version,
        current_setting('server_version') as "versionName",
        current_setting('server_encoding') as encoding,
        pg_is_in_recovery() as recovering,
        current_setting('transaction_read_only')::boolean as "readOnly",
        current_setting('session_replication_role') as "replicationRole",
        current_setting('fsync')::boolean as fsync,
        current_setting('full_page_writes')::boolean as "fullPageWrites"`
    if (!server) throw new UnfitServer('The database did not return its settings')
    return server
  } finally {
    await sql.end()
  }
}

function complaintOf(server: Server): string | undefined {
  if (server.version < LEAST_MAJOR * 10_000)
    return (
      `The database is Postgres ${server.versionName}, and Conclave needs ${LEAST_MAJOR} or later: ` +
      `upgrade it, or name another in DATABASE_URL`
    )
  if (server.encoding !== 'UTF8')
    return (
      `The database keeps text as ${server.encoding}, and Conclave needs UTF8: make a new one with ` +
      `create database conclave encoding 'UTF8' template template0, and name it in DATABASE_URL`
    )
  if (server.recovering)
    return (
      'The database is a standby, on which nothing can be written: ' +
      'name the primary in DATABASE_URL, or start again once this one is promoted'
    )
  if (server.readOnly)
    return (
      'The database is read-only: see default_transaction_read_only of the server, the database and the ' +
      'user (providers set it when a disk is full), and start again once it is off'
    )
  if (server.replicationRole !== 'origin')
    return (
      `Triggers do not fire for this database user, because session_replication_role is ` +
      `${server.replicationRole}: without them the audit log has no chain. Reset it for the database and the user`
    )
  return undefined
}

function warningsOf({ fsync, fullPageWrites }: Server): string[] {
  return [
    ...(fsync ? [] : ['fsync is off in the database: a power cut may lose or break everything']),
    ...(fullPageWrites
      ? []
      : ['full_page_writes is off in the database: a power cut may break everything']),
  ]
}
