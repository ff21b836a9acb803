import type { TeamEvent } from './events.ts'
import { ALICE, BOB, type Example } from './examples.ts'
import { Me, People, Person, updateMe } from './people.ts'

export const alice: Person = {
  id: ALICE,
  name: 'Alice Meyer',
  avatarUrl: null,
  status: 'available',
  role: 'owner',
  active: true,
  online: true,
}
export const bob: Person = {
  id: BOB,
  name: 'Bob Tanaka',
  avatarUrl: 'https://example.com/bob.png',
  status: 'busy',
  role: 'member',
  active: true,
  online: false,
}
export const team: People = { people: [alice, bob], rev: 4 }

const me: Me = { ...alice, email: 'alice@example.com', emailVerified: true }

export const TEAM_EVENTS: TeamEvent[] = [
  { type: 'person.joined', data: bob },
  { type: 'person.updated', data: { ...alice, status: 'away', active: false } },
]

export const PEOPLE_EXAMPLES: Record<string, Example> = {
  Person: {
    schema: Person,
    valid: [alice, bob],
    invalid: {
      'an e-mail address, which only its owner may see': { ...alice, email: 'alice@example.com' },
      'a status nobody can choose': { ...alice, status: 'invisible' },
      'a role there is not': { ...alice, role: 'superuser' },
      'an id that is not ours': { ...alice, id: 'auth0|5f7c8ec7c33c6c004bbafe82' },
    },
  },
  Me: {
    schema: Me,
    valid: [me],
    invalid: { 'no e-mail address': alice },
  },
  People: {
    schema: People,
    valid: [team],
    invalid: { 'no revision': { people: [alice] } },
  },
  updateMe: {
    schema: updateMe.body,
    valid: [{ status: 'busy' }],
    invalid: {
      'a role, which nobody gives themselves': { status: 'busy', role: 'owner' },
      'no status': {},
    },
  },
}
