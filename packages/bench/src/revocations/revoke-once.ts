import { setTimeout as delay } from 'node:timers/promises'
import type { Conclave } from '../contestants/conclave.ts'
import { until } from '../load/until.ts'
import { openModifiedClient, openSignedInClient, type ModifiedClient } from './revoked-clients.ts'
import { requestsOf } from './requests.ts'
import type { Scene } from './scene.ts'
import { vendorOf, type VendorState } from './vendor.ts'

/** How long the broker is in its state before access is revoked, and how long a failing one stays so afterwards. */
const BEFORE_MS = 300
const FAILS_ON_MS = 1_000
const REST_MS = 300

export type RevocationKind = 'blocked' | 'taken out'

export interface RevocationResult {
  kind: RevocationKind
  /** From the request until its answer. */
  answerMs: number
  /** For each of the others: from the answer until all channels are subscribed again and caught up. */
  othersMs: number[]
  /** From the answer until the person's signed-in connection is closed. */
  closedMs: number | undefined
  answeredAt: number
  answeredAtClock: number
  modified: ModifiedClient
  /** The channels that are no longer theirs. */
  lost: string[]
}

/** Adds somebody, revokes their access while people post, and waits until the others are on the new channels. */
export async function revokeOnce(
  conclave: Conclave,
  scene: Scene,
  { person, kind, vendor }: { person: number; kind: RevocationKind; vendor: VendorState },
): Promise<RevocationResult> {
  const { roomId, owner, members } = scene
  const { ask } = requestsOf(conclave, owner)
  const personId = conclave.crowd.idOf(person)
  await conclave.crowd.renew(person + 1, person)
  await ask('POST', `/v1/rooms/${roomId}/members`, { personId })
  const modified = await openModifiedClient(conclave, person)
  await until('the modified client reads what is said', () => modified.seqs.size > 0)
  const signedIn = await openSignedInClient(conclave, person)
  const { become } = vendorOf(conclave)

  await become(vendor)
  await delay(BEFORE_MS)
  const askedAt = performance.now()
  if (kind === 'blocked') await ask('PUT', `/v1/admin/people/${personId}/block`, {})
  else await ask('DELETE', `/v1/rooms/${roomId}/members/${personId}`)
  const answeredAt = performance.now()
  const answeredAtClock = Date.now()
  if (vendor === 'failing') await delay(FAILS_ON_MS).then(async () => become('well'))

  const { room, team } = await scene.channels()
  const settled = new Map<number, number>()
  await until('the others are caught up again', () => {
    members.forEach((client, at) => {
      const since = client.settledOn([room, team])
      if (since !== undefined && !settled.has(at)) settled.set(at, since)
    })
    return settled.size === members.length
  })
  if (kind === 'blocked')
    await until('their connection is closed', () => signedIn.closedAt() !== undefined)
  await become('well')
  signedIn.close()
  await conclave.settle()
  await delay(REST_MS)
  const closedAt = signedIn.closedAt()
  return {
    kind,
    answerMs: answeredAt - askedAt,
    othersMs: [...settled.values()].map((at) => Math.max(0, at - answeredAt)),
    closedMs: closedAt === undefined ? undefined : Math.max(0, closedAt - answeredAt),
    answeredAt,
    answeredAtClock,
    modified,
    lost: modified.channels.filter((name) => kind === 'blocked' || name.includes(roomId)),
  }
}
