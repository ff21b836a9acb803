/** The people in every seed, test and sign-in page. Mallory is signed in, and an outsider. */
export const PEOPLE = [
  { name: 'Alice Meyer', email: 'alice@example.com', password: 'alice-in-conclave' },
  { name: 'Bob Tanaka', email: 'bob@example.com', password: 'bob-in-conclave' },
  { name: 'Carol Okafor', email: 'carol@example.com', password: 'carol-in-conclave' },
  { name: 'Mallory Voss', email: 'mallory@example.com', password: 'mallory-outside' },
] as const

export interface SeedPerson {
  readonly name: string
  readonly email: string
  readonly password: string
}
