/**
 * The version of the contract between page and api. It is raised by one, together with `OLDEST_CLIENT`, `OLDEST_SERVER` or
 * both, in a release in which one side does not work with an older version of the other. Additions do not raise it: both
 * sides ignore unknown fields, and a page works without what the api does not have yet.
 */
export const CONTRACT_VERSION = 3
/** The oldest page that the api still serves; raised when something that older pages need is removed or changes meaning. */
export const OLDEST_CLIENT = 1
/** The oldest api that a page works with; raised when pages need something that older apis do not have. */
export const OLDEST_SERVER = 3

/** The header of every answer of the api. Pages send none: an older api would refuse an unknown header. */
export const VERSION_HEADER = 'conclave-version'

export interface Versions {
  version: number
  /** The oldest version of the other side that this one works with. */
  oldest: number
}

const SERVER: Versions = { version: CONTRACT_VERSION, oldest: OLDEST_CLIENT }
const CLIENT: Versions = { version: CONTRACT_VERSION, oldest: OLDEST_SERVER }

/** The header's value: an item with a parameter (RFC 9651), such as `3;oldest=2`. */
export function versionValue({ version, oldest }: Versions = SERVER): string {
  return `${version};oldest=${oldest}`
}

/** Whether a page and the api can work with each other. */
export type Fit = 'fits' | 'too-old' | 'too-new'

/**
 * How a page fits the api that answered with this header. Undefined when the header says nothing: it is absent from an
 * api older than itself, and from what a proxy answers in the api's place.
 */
export function fitOf(value: string | null, client: Versions = CLIENT): Fit | undefined {
  const [, version, oldest] = /^(\d{1,9}); *oldest=(\d{1,9})(?:;|$)/.exec(value ?? '') ?? []
  if (version === undefined || oldest === undefined) return undefined
  if (client.version < Number(oldest)) return 'too-old'
  return Number(version) < client.oldest ? 'too-new' : 'fits'
}
