import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for one run, and how to remove it. */
export function throwawayFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'conclave-'))
  // As root, Postgres runs as the user postgres, who has to reach its data inside.
  chmodSync(path, 0o711)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
