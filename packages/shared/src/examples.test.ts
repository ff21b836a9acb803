import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { ADMIN_EXAMPLES } from './admin.examples.ts'
import { AUDIT_EXAMPLES } from './audit.examples.ts'
import { AUTH0_EVENTS_EXAMPLES } from './auth0-events.examples.ts'
import { CHANNEL_AUTH_EXAMPLES } from './channel-auth.examples.ts'
import { PersonEvent, RoomEvent, TeamEvent } from './events.ts'
import { MEMBER_EVENTS, MEMBERS_EXAMPLES } from './members.examples.ts'
import { MESSAGE_EVENTS, MESSAGES_EXAMPLES } from './messages.examples.ts'
import { PEOPLE_EXAMPLES, TEAM_EVENTS } from './people.examples.ts'
import { PRESENCE_EVENTS, PRESENCE_EXAMPLES } from './presence.examples.ts'
import { PERSON_EVENTS, ROOMS_EXAMPLES } from './rooms.examples.ts'
import { SESSIONS_EXAMPLES } from './sessions.examples.ts'

const examples = Object.entries({
  ...PEOPLE_EXAMPLES,
  ...ROOMS_EXAMPLES,
  ...MEMBERS_EXAMPLES,
  ...MESSAGES_EXAMPLES,
  ...CHANNEL_AUTH_EXAMPLES,
  ...PRESENCE_EXAMPLES,
  ...AUTH0_EVENTS_EXAMPLES,
  ...SESSIONS_EXAMPLES,
  ...ADMIN_EXAMPLES,
  ...AUDIT_EXAMPLES,
})

describe.each(examples)('%s', (_, { schema, valid, invalid }) => {
  it('takes its valid examples', () => {
    expect(valid.length).toBeGreaterThan(0)
    for (const value of valid) expect([...Value.Errors(schema, value)]).toEqual([])
  })

  it.each(Object.entries(invalid))('refuses %s', (_, value) => {
    expect(Value.Check(schema, value)).toBe(false)
  })
})

describe.each([
  ['a room', RoomEvent, [...MESSAGE_EVENTS, ...MEMBER_EVENTS]],
  ['the team', TeamEvent, [...TEAM_EVENTS, ...PRESENCE_EVENTS]],
  ['a person', PersonEvent, PERSON_EVENTS],
] as const)('the events of %s', (_, schema, events) => {
  it('each have an example', () => {
    const declared = schema.anyOf.map(({ properties }) => properties.type.const)
    expect(events.map(({ type }) => type).toSorted()).toEqual(declared.toSorted())
  })

  it.each(events.map((event) => [event.type, event] as const))('%s', (_, event) => {
    expect(Value.Check(schema, event)).toBe(true)
    expect(Value.Check(schema, { ...event, type: 'nobody.knows' })).toBe(false)
    expect(Value.Check(schema, { ...event, data: null })).toBe(false)
    expect(Value.Check(schema, { ...event, by: 'somebody' })).toBe(false)
  })
})
