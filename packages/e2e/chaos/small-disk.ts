import { execFileSync } from 'node:child_process'
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const CHUNK_BYTES = 1024 * 1024
const LAST_BYTES = 4096

/** A disk of its own for one folder, small enough to be filled. */
export interface SmallDisk {
  /** Takes every byte that is left. */
  fill(): void
  /** Gives them back. */
  free(): void
  unmount(): void
}

/** Only root on Linux can mount one; elsewhere the answer is why not. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | string {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'not possible here: it takes root on Linux'
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder)
  } catch {
    return 'not possible here: this machine lets nobody mount a disk'
  }
  const filler = join(folder, '..filler')
  return {
    fill: () => fillWith(filler),
    free: () => unlinkSync(filler),
    unmount: () => run('umount', '-l', folder),
  }
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: 'ignore' })
}

function fillWith(path: string): void {
  const file = openSync(path, 'w')
  for (const bytes of [CHUNK_BYTES, LAST_BYTES]) {
    const chunk = Buffer.alloc(bytes)
    while (isWritten(file, chunk));
  }
  closeSync(file)
}

function isWritten(file: number, chunk: Buffer): boolean {
  try {
    return writeSync(file, chunk) === chunk.length
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false
    throw error
  }
}
