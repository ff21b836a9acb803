/**
 * How much there may be of what one person can make. Far above what anybody needs, and low enough that nobody's lists
 * become a burden to the others. Each is held by the transaction that makes the thing; docs/limits.md says more.
 */

/** Open and closed rooms that one person has made. */
export const ROOMS_MADE_MAX = 1_000
/** Direct rooms that one person has opened, whoever is in them; as many as others, so one sentence tells of both. */
export const DIRECT_ROOMS_OPENED_MAX = 1_000
/** Rooms of all kinds that one person is in. */
export const ROOMS_OF_PERSON_MAX = 2_500
/** So many of them only by what the person does: others cannot fill up all that somebody may have. */
export const ROOMS_OF_PERSON_OWN = 500
/** Places where one person is signed in; signing in once more ends the one that was not used for longest. */
export const SESSIONS_MAX = 100
