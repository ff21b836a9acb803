/** The page shown now, as a path of this origin. */
export function currentPath(): string {
  return location.pathname + location.search + location.hash
}

/** Goes to a path without a new entry in the history, and tells the router. */
export function replacePath(path: string): void {
  // Only a path of ours: `//host` and `https:` would leave.
  const target = /^\/(?![/\\])/.test(path) ? path : '/'
  history.replaceState({}, '', target)
  dispatchEvent(new PopStateEvent('popstate', { state: {} }))
}
