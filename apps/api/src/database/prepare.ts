import { checkApiRole } from './api-role.ts'
import { apiRole } from './api-role-name.ts'
import { checkServer } from './check-server.ts'
import { connect, connectAsOwner } from './connection.ts'
import { grantToApi } from './grants.ts'
import { migrate } from './migrate.ts'

/**
 * Updates tables and grants as their owner, before the api connects with its own role. Returns warnings for the
 * operator.
 */
export async function prepareDatabase(databaseUrl: string): Promise<string[]> {
  const warnings = await checkServer(databaseUrl)
  const role = apiRole(databaseUrl)
  const options = { applicationName: 'conclave-start', maxConnections: 1 }
  const owner = connectAsOwner(databaseUrl, options)
  const api = connect(databaseUrl, options)
  try {
    await migrate(owner)
    await grantToApi(owner, role)
    await checkApiRole(api, role)
    return warnings
  } finally {
    await Promise.all([owner.end(), api.end()])
  }
}
