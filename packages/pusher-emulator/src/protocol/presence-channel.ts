import type { App, Channel, Connection, Member } from '../app-state.ts'
import { announce } from '../delivery.ts'
import { eventFrame, parseRecord } from './frames.ts'

/** The member that joins, or the reason of a refusal. A signed-in connection may omit the channel data. */
export function memberFor(connection: Connection, channelData: unknown): Member | string {
  if (channelData === undefined) {
    if (!connection.user) return 'Channel data is required for presence channels'
    return { id: connection.user.id, info: connection.user.info, connections: new Set() }
  }
  const data = parseRecord(channelData)
  const id = data?.user_id
  if (typeof id !== 'string' && typeof id !== 'number') {
    return 'Invalid channel data: user_id is required for presence channels'
  }
  return { id: String(id), info: data?.user_info, connections: new Set() }
}

/**
 * The frame that refuses a member, or undefined. Pusher does not document what it sends here; this is what compatible
 * servers send, and pusher-js emits it on the channel.
 */
export function refuseMember(app: App, name: string, member: Member): string | undefined {
  const { limits } = app.settings
  if (member.id.length === 0 || member.id.length > limits.userIdChars) {
    return refusal(name, `Presence user id must be 1 to ${limits.userIdChars} characters`)
  }
  if (infoBytes(member) > limits.presenceUserInfoBytes) {
    return refusal(name, `Presence user_info exceeds ${limits.presenceUserInfoBytes} bytes`)
  }
  const members = app.channels.get(name)?.members
  if (!members || members.has(member.id)) return undefined
  if (members.size < limits.presenceMembers) return undefined
  return refusal(name, `Presence channel is full: ${limits.presenceMembers} members`)
}

/** Returns the data of `subscription_succeeded`. */
export function joinPresence(
  app: App,
  connection: Connection,
  channel: Channel,
  member: Member,
): string {
  const known = channel.members.get(member.id)
  if (known) {
    known.connections.add(connection)
  } else {
    member.connections.add(connection)
    channel.members.set(member.id, member)
    announceArrival(app, connection, channel, member)
  }
  return roster(channel)
}

export function leavePresence(app: App, connection: Connection, channel: Channel): void {
  const member = memberOf(channel, connection)
  if (!member) return
  member.connections.delete(connection)
  if (member.connections.size > 0) return
  channel.members.delete(member.id)
  const data = JSON.stringify({ user_id: member.id })
  announce(app, channel, eventFrame('pusher_internal:member_removed', data, channel.name))
  app.webhooks.emitLater(memberKey(channel, member), {
    name: 'member_removed',
    channel: channel.name,
    user_id: member.id,
  })
}

export function memberOf(channel: Channel, connection: Connection): Member | undefined {
  for (const member of channel.members.values()) {
    if (member.connections.has(connection)) return member
  }
  return undefined
}

function announceArrival(app: App, newcomer: Connection, channel: Channel, member: Member): void {
  const data = JSON.stringify({ user_id: member.id, user_info: member.info ?? {} })
  const frame = eventFrame('pusher_internal:member_added', data, channel.name)
  announce(app, channel, frame, newcomer.socketId)
  if (app.webhooks.cancelLater(memberKey(channel, member))) return
  app.webhooks.emit({ name: 'member_added', channel: channel.name, user_id: member.id })
}

function roster(channel: Channel): string {
  const members = [...channel.members.values()]
  const ids = members.map((member) => member.id)
  const hash = Object.fromEntries(members.map((member) => [member.id, member.info ?? {}]))
  return JSON.stringify({ presence: { count: ids.length, ids, hash } })
}

function infoBytes(member: Member): number {
  return Buffer.byteLength(JSON.stringify(member.info ?? {}))
}

function memberKey(channel: Channel, member: Member): string {
  return `member ${channel.name} ${member.id}`
}

function refusal(channel: string, error: string): string {
  const data = { type: 'LimitReached', error, status: 4004 }
  return JSON.stringify({ event: 'pusher:subscription_error', channel, data })
}
