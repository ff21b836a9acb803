const NAME_MAX_BYTES = 63

/**
 * The role the api works under, which may do less than whoever owns the tables. Roles belong to the whole server:
 * each database has its own, so that one Conclave's user cannot become another's.
 */
export function apiRole(databaseUrl: string): string {
  const { pathname, username } = new URL(databaseUrl)
  const role = `conclave_api_${decodeURIComponent(pathname.slice(1) || username)}`
  if (Buffer.byteLength(role) <= NAME_MAX_BYTES) return role
  throw new Error(`The name of the database is too long: with it ${role} would be a role's name`)
}
