const NAME_MAX_BYTES = 63

/**
 * The api's database role, which has fewer rights than the owner of the tables. Roles belong to the whole server, so
 * each database gets its own: one Conclave's user cannot become another's.
 */
export function apiRole(databaseUrl: string): string {
  const { pathname, username } = new URL(databaseUrl)
  const role = `conclave_api_${decodeURIComponent(pathname.slice(1) || username)}`
  if (Buffer.byteLength(role) <= NAME_MAX_BYTES) return role
  throw new Error(`The name of the database is too long: the api's role would be ${role}`)
}
