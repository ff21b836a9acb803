import type { Harness } from './harness.ts'

/** What no log and no refusal may contain, by name. */
export type Secrets = Map<string, string>

/** The secrets of the configuration, and patterns of secrets. */
export function secretsOf({ ctx }: Harness): Secrets {
  const { pusher, databaseUrl } = ctx.config
  const key = Buffer.from(pusher.masterKey, 'base64')
  return new Map([
    ['eyJ', 'a token, by how every token begins'],
    ['auth_signature=', 'a signed address'],
    [pusher.secret, "the vendor's secret"],
    [pusher.masterKey, 'the master key'],
    [key.toString('base64url'), 'the master key as base64url'],
    [key.toString('hex'), 'the master key in hexadecimal'],
    [inJson(key.toString('latin1')), 'the master key, byte by byte'],
    [inJson(key.toString('utf8')), 'the master key as text'],
    [databaseUrl, "the database's address"],
    [new URL(databaseUrl).password, "the database's password"],
  ])
}

/** The names of those that are found. */
export function foundIn(text: string, secrets: Secrets): string[] {
  return [...secrets].filter(([secret]) => text.includes(secret)).map(([, what]) => what)
}

/** As it would stand in a line of the log. */
export function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
