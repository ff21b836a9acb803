import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS people (
    sub TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE COLLATE NOCASE, name TEXT NOT NULL,
    password TEXT NOT NULL, emailVerified INTEGER NOT NULL, permissions TEXT NOT NULL,
    seeded INTEGER NOT NULL, blocked INTEGER NOT NULL DEFAULT 0, updatedAt TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS artifacts (
    model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, uid TEXT, grantId TEXT,
    accountId TEXT, expiresAt INTEGER, PRIMARY KEY (model, id)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS artifactsByUid ON artifacts (model, uid);
  CREATE INDEX IF NOT EXISTS artifactsByGrant ON artifacts (model, grantId);
  CREATE INDEX IF NOT EXISTS artifactsByAccount ON artifacts (model, accountId);
`

export function openDatabase(dataDir: string | undefined): DatabaseSync {
  const database = new DatabaseSync(databaseFile(dataDir))
  database.exec(SCHEMA)
  return database
}

export function readSetting(database: DatabaseSync, name: string): string | undefined {
  const row = database.prepare('SELECT value FROM settings WHERE name = ?').get(name)
  return row && String(row['value'])
}

export function writeSetting(database: DatabaseSync, name: string, value: string): void {
  database.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)').run(name, value)
}

function databaseFile(dataDir: string | undefined): string {
  if (!dataDir) return ':memory:'
  // It contains signing keys and password hashes.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  return join(dataDir, 'auth0.sqlite')
}
