import type { WebConfig } from '../src/config.ts'
import { webConfigFromEnv } from './web-config.ts'

export interface ServerConfig {
  host: string
  port: number
  /** Whether to end when the process that started this one has. */
  endsWithParent: boolean
  web: WebConfig
}

export function serverConfigFromEnv(env: Record<string, string | undefined>): ServerConfig {
  const port = Number(env['WEB_PORT'] ?? 5173)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('WEB_PORT must be a port')
  return {
    host: env['WEB_HOST'] ?? 'localhost',
    port,
    endsWithParent: env['CONCLAVE_PARENT_PIPE'] === '1',
    web: webConfigFromEnv(env),
  }
}
