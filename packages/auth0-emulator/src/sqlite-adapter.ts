import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'

type Row = Record<string, SQLOutputValue> | undefined

/** Where oidc-provider keeps sessions, grants, codes and refresh tokens. */
export function sqliteAdapter(
  database: DatabaseSync,
  refreshTokenLeewaySeconds: number,
): AdapterFactory {
  const insert = database.prepare(
    'INSERT OR REPLACE INTO artifacts (model, id, payload, uid, grantId, accountId, expiresAt) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const byId = database.prepare('SELECT * FROM artifacts WHERE model = ? AND id = ?')
  const byUid = database.prepare('SELECT * FROM artifacts WHERE model = ? AND uid = ?')
  const replace = database.prepare('UPDATE artifacts SET payload = ? WHERE model = ? AND id = ?')
  const remove = database.prepare('DELETE FROM artifacts WHERE model = ? AND id = ?')
  const removeGrant = database.prepare('DELETE FROM artifacts WHERE model = ? AND grantId = ?')
  database.prepare('DELETE FROM artifacts WHERE expiresAt < ?').run(now())

  return (model: string): Adapter => ({
    async upsert(id, payload, expiresIn) {
      const { uid = null, grantId = null, accountId = null } = payload
      const expiresAt = expiresIn ? now() + expiresIn : null
      insert.run(model, id, JSON.stringify(payload), uid, grantId, accountId, expiresAt)
    },

    async find(id) {
      const payload = livePayload(byId.get(model, id))
      if (payload && model === 'RefreshToken') forgiveWithinLeeway(payload)
      return payload
    },

    async findByUid(uid) {
      return livePayload(byUid.get(model, uid))
    },

    async findByUserCode() {
      return undefined
    },

    async consume(id) {
      const payload = livePayload(byId.get(model, id))
      if (!payload) return
      // Only the first use starts the leeway: otherwise each use would prolong it.
      payload.consumed ??= now()
      replace.run(JSON.stringify(payload), model, id)
    },

    async destroy(id) {
      remove.run(model, id)
    },

    async revokeByGrantId(grantId) {
      removeGrant.run(model, grantId)
    },
  })

  /** oidc-provider has no leeway: without it two tabs that refresh together would sign each other out. */
  function forgiveWithinLeeway(payload: AdapterPayload): void {
    const consumedAt = Number(payload.consumed ?? 0)
    if (now() - consumedAt < refreshTokenLeewaySeconds) delete payload.consumed
  }
}

function livePayload(row: Row): AdapterPayload | undefined {
  if (!row) return undefined
  if (row['expiresAt'] !== null && Number(row['expiresAt']) < now()) return undefined
  const payload: AdapterPayload = JSON.parse(String(row['payload']))
  return payload
}

function now(): number {
  return Math.floor(Date.now() / 1000)
}
