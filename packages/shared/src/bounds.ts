/**
 * How many of each thing one person may have. Far more than anybody needs, and few enough that no list becomes
 * expensive. The transaction that creates the thing checks the limit; see docs/limits.md.
 */

/** Open and closed rooms that one person has created. */
export const ROOMS_MADE_MAX = 1_000
/** Direct rooms that one person has opened. The same number, so that one message covers both. */
export const DIRECT_ROOMS_OPENED_MAX = 1_000
/** Rooms of all kinds that one person is in. */
export const ROOMS_OF_PERSON_MAX = 2_500
/** Reserved for rooms that the person joins or creates: others cannot use up the whole limit by adding them. */
export const ROOMS_OF_PERSON_OWN = 500
/** Sessions of one person; another sign-in ends the least recently used one. */
export const SESSIONS_MAX = 100
