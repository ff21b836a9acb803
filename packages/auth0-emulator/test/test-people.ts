import type { SeedPerson } from '../src/index.ts'

export const ALICE = {
  name: 'Alice Meyer',
  email: 'alice@example.com',
  password: 'alice has a long one',
  permissions: ['rooms:read'],
} satisfies SeedPerson

export const BOB = {
  name: 'Bob Okafor',
  email: 'bob@example.com',
  password: 'bob has a longer one',
  emailVerified: false,
} satisfies SeedPerson

export const CAROL = {
  name: 'Carol Lindqvist',
  email: 'carol@example.com',
  password: 'carol opens the rooms',
  permissions: ['rooms:read', 'rooms:open'],
} satisfies SeedPerson

export const CAST: SeedPerson[] = [ALICE, BOB, CAROL]

export const WEB = 'http://localhost:5999'

export const MACHINE = {
  clientId: 'night-shift',
  clientSecret: 'keep the lights on',
  permissions: ['rooms:read'],
}
