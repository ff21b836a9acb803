/** The current page, as a path of this origin. */
export function currentPath(): string {
  return location.pathname + location.search + location.hash
}

/** Goes to a path without a new history entry, and tells the router. */
export function replacePath(path: string): void {
  // Only paths of this origin: `//host` and `https:` would leave it.
  const target = /^\/(?![/\\])/.test(path) ? path : '/'
  history.replaceState({}, '', target)
  dispatchEvent(new PopStateEvent('popstate', { state: {} }))
}

/** Goes to another address, which replaces this page in the history. */
export function openInPlace(address: string): void {
  location.replace(address)
}
