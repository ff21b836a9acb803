/**
 * Ends a `switch` over a union as `default: return unreachable(value)`. A forgotten case does not compile, and the error
 * shows it: "Argument of type '{ type: "message.pinned"; … }' is not assignable to parameter of type 'never'".
 * Throws if a value outside the union gets here at run time.
 */
export function unreachable(value: never): never {
  throw new Error(`Not a case that exists: ${JSON.stringify(value)}`)
}
