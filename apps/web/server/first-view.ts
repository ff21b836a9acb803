interface Modules {
  getModuleInfo: (id: string) => { importedIds: readonly string[] } | null
}

/** Names one file for all that the entry needs before anything is loaded on demand. */
export function firstView(entry: string): (id: string, modules: Modules) => string | null {
  let needed: Set<string> | undefined
  return (id, modules) => {
    needed ??= reachable(entry, modules)
    return needed.has(id) ? 'first' : null
  }
}

function reachable(entry: string, modules: Modules): Set<string> {
  const found = new Set([entry])
  for (const id of found) {
    for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) found.add(imported)
  }
  return found
}
