import { accessSync, constants, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The first of these programs that is on the path. */
export function installed(...names: string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable)
}

/** WebKitGTK's own browser, which Debian does not put on the path. */
export function installedMiniBrowser(): string | undefined {
  for (const lib of ['/usr/lib', '/usr/libexec', '/usr/lib64'])
    for (const folder of ['', ...foldersIn(lib)])
      for (const api of ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0']) {
        const found = join(lib, folder, api, 'MiniBrowser')
        if (isExecutable(found)) return found
      }
  return undefined
}

function foldersIn(path: string): string[] {
  try {
    return readdirSync(path).filter((name) => name.includes('linux-gnu'))
  } catch {
    return []
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
