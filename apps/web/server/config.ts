import type { WebConfig } from '../src/config.ts'
import { webConfigFromEnv } from './web-config.ts'

export interface ServerConfig {
  host: string
  port: number
  /** How long an idle connection is kept; undefined for the default. */
  keepAliveSeconds: number | undefined
  /** Whether to end when the parent process ends. */
  endsWithParent: boolean
  web: WebConfig
}

export function serverConfigFromEnv(env: Record<string, string | undefined>): ServerConfig {
  const port = Number(env['WEB_PORT'] ?? 5173)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('WEB_PORT must be a port')
  const keepAlive = env['WEB_KEEP_ALIVE_SECONDS']
  if (keepAlive && !/^[1-9]\d{0,3}$/.test(keepAlive))
    throw new Error('WEB_KEEP_ALIVE_SECONDS must be whole seconds, from 1 on')
  return {
    host: env['WEB_HOST'] ?? 'localhost',
    port,
    keepAliveSeconds: keepAlive ? Number(keepAlive) : undefined,
    endsWithParent: env['CONCLAVE_PARENT_PIPE'] === '1',
    web: webConfigFromEnv(env),
  }
}
