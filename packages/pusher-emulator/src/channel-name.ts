import type { Limits } from './pusher-limits.ts'

export interface ChannelKind {
  access: 'public' | 'private' | 'presence' | 'server-to-user'
  encrypted: boolean
  cached: boolean
}

export const SERVER_TO_USER = '#server-to-user-'

const LEGAL_NAME = /^[A-Za-z0-9_\-=@,.;]+$/

/** Longer prefixes first: the first match decides. */
const KINDS: readonly (readonly [string, ChannelKind])[] = [
  [SERVER_TO_USER, { access: 'server-to-user', encrypted: false, cached: false }],
  ['private-encrypted-cache-', { access: 'private', encrypted: true, cached: true }],
  ['private-encrypted-', { access: 'private', encrypted: true, cached: false }],
  ['private-cache-', { access: 'private', encrypted: false, cached: true }],
  ['private-', { access: 'private', encrypted: false, cached: false }],
  ['presence-cache-', { access: 'presence', encrypted: false, cached: true }],
  ['presence-', { access: 'presence', encrypted: false, cached: false }],
  ['cache-', { access: 'public', encrypted: false, cached: true }],
]

const PUBLIC: ChannelKind = { access: 'public', encrypted: false, cached: false }

export function kindOf(name: string): ChannelKind {
  return KINDS.find(([prefix]) => name.startsWith(prefix))?.[1] ?? PUBLIC
}

/** Pusher docs, Channels: "Channel naming conventions". */
export function isLegalChannel(name: string, limits: Limits): boolean {
  if (name.startsWith(SERVER_TO_USER)) return isLegalUser(name.slice(SERVER_TO_USER.length), limits)
  return name.length <= limits.channelNameChars && LEGAL_NAME.test(name)
}

/** Pusher docs, Authenticating users: the same alphabet as channels, since `#server-to-user-<id>` is one. */
export function isLegalUser(id: string, limits: Limits): boolean {
  return id.length <= limits.userIdChars && LEGAL_NAME.test(id)
}
