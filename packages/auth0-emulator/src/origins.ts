/** Origins are compared as strings, so `http://localhost:5173/` would silently match nothing. */
export function exactOrigins(origins: readonly string[]): readonly string[] {
  const wrong = origins.find((origin) => URL.parse(origin)?.origin !== origin)
  if (wrong === undefined) return [...origins]
  throw new Error(`"${wrong}" is not an origin: scheme, host and port, without a slash at the end.`)
}
