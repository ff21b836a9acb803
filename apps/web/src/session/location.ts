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

/** Leaves for another address, which takes the place of this page in the history. */
export function openInPlace(address: string): void {
  location.replace(address)
}
