import type { Call } from '@conclave/shared/client'
import { ALICE, NOON } from '@conclave/shared/examples'
import type { Channel } from '@conclave/shared/channels'
import type { HeldPeople } from '@conclave/shared/people.fold'
import type { Rooms } from '@conclave/shared/rooms'
import type { Workspace } from '@conclave/shared/workspace'
import { QueryClient } from '@tanstack/query-core'
import { beforeEach, expect, test } from 'vitest'
import { nodeEnvironment } from '../../node/node-environment.ts'
import { PEOPLE_KEY } from '../keys/people.keys.ts'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import { WORKSPACE_KEY } from '../keys/workspace.keys.ts'
import { createPeopleLoader } from '../people/people-loader.ts'
import { isLoaded } from './behind.ts'
import { heldAt, lookAt, person, room, roomsAt } from './replica.examples.ts'
import { createReplica, type Replica } from './replica.ts'
import type { Outcome } from './dispatch.ts'
import type { Target } from './my-streams.ts'

const TO_TEAM: Channel = { kind: 'team', epoch: 2 }
const AT_ANY_TIME = { editWindowMinutes: null, showVersions: true } as const
const NEVER = { editWindowMinutes: 0, showVersions: true } as const

let queryClient: QueryClient
let replica: Replica
let resyncs: Target[]
let requests: string[]
/** What the server has. */
let stored: Workspace

beforeEach(() => {
  queryClient = new QueryClient()
  resyncs = []
  requests = []
  stored = { ...AT_ANY_TIME, rev: 7 }
  const call = (async ({ path }: { path: string }) => {
    requests.push(path)
    if (path === '/v1/workspace') return stored
    if (path === '/v1/look') return { ...lookAt(5, room()), teamRev: stored.rev }
    if (path === '/v1/people/changes') return { reset: false, people: [], rev: stored.rev }
    throw new Error(`${path} was not expected`)
  }) as unknown as Call
  replica = createReplica({
    queryClient,
    call,
    people: createPeopleLoader({ call, queryClient }),
    environment: nodeEnvironment,
    myId: ALICE,
    resync: (target) => resyncs.push(target),
  })
  queryClient.setQueryData<Rooms>(ROOMS_KEY, roomsAt(5, room()))
  queryClient.setQueryData<HeldPeople>(PEOPLE_KEY, heldAt(7, person(ALICE, 'Alice')))
})

function hold(): void {
  queryClient.setQueryData<Workspace>(WORKSPACE_KEY, stored)
}

function held(): Workspace | undefined {
  return queryClient.getQueryData<Workspace>(WORKSPACE_KEY)
}

function hear(rev: number, type: string, data: unknown): Outcome | undefined {
  const wire = { v: 1, team: true, epoch: 2, rev, type, at: NOON, data }
  return replica.receive([{ channel: TO_TEAM, wire }])[0]
}

async function look(): Promise<void> {
  await replica.fetchMissing(new Set(['person', 'team'] as const))
}

test('C6: a change of the settings reaches whoever shows them, without a request', () => {
  hold()
  expect(hear(8, 'workspace.updated', NEVER)).toBe('folded')
  expect(held()).toEqual({ ...NEVER, rev: 8 })
  expect(hear(9, 'presence.updated', { online: [], offline: [] })).toBe('folded')
  expect(held()).toEqual({ ...NEVER, rev: 9 })
  expect(requests).toEqual([])
})

test('nothing is asked by a client that shows them nowhere, and it is loaded without them', async () => {
  expect(isLoaded(queryClient, ALICE)).toBe(true)
  expect(hear(8, 'workspace.updated', NEVER)).toBe('folded')
  stored = { ...NEVER, rev: 9 }
  await look()
  expect(held()).toBeUndefined()
  expect(requests).not.toContain('/v1/workspace')
})

test('what was missed is asked for with the next look, and nothing while the team has not moved', async () => {
  hold()
  await look()
  expect(requests).not.toContain('/v1/workspace')
  stored = { ...NEVER, rev: 9 }
  await look()
  expect(held()).toEqual(stored)
})

test.each([
  ['of a revision that there is not', 7],
  ['in the place of a true event', 8],
])('a forged change %s is gone with the next look', async (_, rev) => {
  hold()
  hear(8, 'workspace.updated', NEVER)
  stored = { ...AT_ANY_TIME, rev }
  expect(held()).toEqual({ ...NEVER, rev: 8 })
  await look()
  expect(held()).toEqual(stored)
})
