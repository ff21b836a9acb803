import { setTimeout as delay } from 'node:timers/promises'
import type { ChannelsSocket } from '../subscribers/channels-socket.ts'
import type { Requests } from './requests.ts'

/** Over how long the web spreads its asking for new keys; everybody is told of them at the same moment. */
const MOVE_WITHIN_MS = 500
const RETRY_MS = 500

export interface OwnChannels {
  /** The names may be others now. */
  want(): void
  noteHeard(name: string): void
  isWanted(name: string): boolean
  hears(names: Iterable<string>): boolean
  isMoving(): boolean
}

/** Leaves what is over and asks once for all that is new, as the web's `connection.ts` and `subscriptions.ts` do. */
export function createOwnChannels(given: {
  names: () => Set<string>
  socket: () => ChannelsSocket
  sign: Requests['sign']
  onRefused: () => void
}): OwnChannels {
  const wanted = new Set<string>()
  const heard = new Set<string>()
  let isMoving = false

  function want(): void {
    if (isMoving || missing(given.names(), wanted).length === 0) return
    void moveIn(wanted.size === 0 ? 0 : Math.random() * MOVE_WITHIN_MS)
  }

  async function moveIn(ms: number): Promise<void> {
    isMoving = true
    await delay(ms)
    const refused = await hear().catch(() => true)
    isMoving = false
    if (!refused) return want()
    given.onRefused()
    void moveIn(RETRY_MS * (0.5 + Math.random() / 2))
  }

  /** Whether something is not mine, or not yet. */
  async function hear(): Promise<boolean> {
    const names = given.names()
    const socket = given.socket()
    for (const name of missing(wanted, names)) {
      wanted.delete(name)
      heard.delete(name)
      socket.leave(name)
    }
    const fresh = missing(names, wanted)
    if (fresh.length === 0) return false
    const signed = new Map(Object.entries(await given.sign(socket.socketId, fresh)))
    for (const [name, signature] of signed) {
      wanted.add(name)
      socket.join(name, signature)
    }
    return signed.size < fresh.length
  }

  return {
    want,
    noteHeard: (name) => void heard.add(name),
    isWanted: (name) => wanted.has(name),
    hears: (names) => missing(names, heard).length === 0,
    isMoving: () => isMoving,
  }
}

function missing(names: Iterable<string>, from: ReadonlySet<string>): string[] {
  return [...names].filter((name) => !from.has(name))
}
