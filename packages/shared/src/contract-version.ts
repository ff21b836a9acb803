/**
 * The version of what the two sides say to each other. It is raised by one, together with `OLDEST_CLIENT`,
 * `OLDEST_SERVER` or both, in a release whose side does not work with an older other side. What is only added raises
 * nothing: what is read is tolerant, and a page does without what the api does not have yet.
 */
export const CONTRACT_VERSION = 1
/** The oldest page that the api still serves; raised when something that older pages need is gone or means another thing. */
export const OLDEST_CLIENT = 1
/** The oldest api that a page works with; raised when pages need something that older apis do not have. */
export const OLDEST_SERVER = 1

/** The header of every answer of the api. Nothing is sent the other way: an older api would refuse a header it does not know. */
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
