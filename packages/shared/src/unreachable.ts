/**
 * The last line of a switch over a closed union: a case that is missing does not compile, and the compiler names it.
 * Nothing comes here at run time, because what is read has been checked against the union.
 */
export function unreachable(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}
