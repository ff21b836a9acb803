/** How much there is of what. The owner is the seeded person who owns the workspace, and is not counted in `members`. */
export interface FloodSize {
  people: number
  rooms: number
  /** Of these rooms, direct ones. */
  direct: number
  messages: number
  memberships: number
  /** The rooms that the owner is in, and how many of them are direct. */
  ownersRooms: number
  ownersDirect: number
  general: { messages: number }
  townHall: { members: number; messages: number }
  /** The room with the most messages. */
  operations: { members: number; messages: number }
}

export const FLOOD_SIZES = {
  small: {
    people: 10,
    rooms: 5,
    direct: 1,
    messages: 1_000,
    memberships: 34,
    ownersRooms: 5,
    ownersDirect: 1,
    general: { messages: 150 },
    townHall: { members: 9, messages: 150 },
    operations: { members: 7, messages: 400 },
  },
  middle: {
    people: 1_000,
    rooms: 300,
    direct: 45,
    messages: 200_000,
    memberships: 13_500,
    ownersRooms: 150,
    ownersDirect: 15,
    general: { messages: 8_000 },
    townHall: { members: 520, messages: 4_000 },
    operations: { members: 300, messages: 40_000 },
  },
  large: {
    people: 10_000,
    rooms: 2_000,
    direct: 300,
    messages: 1_000_000,
    memberships: 165_000,
    ownersRooms: 500,
    ownersDirect: 60,
    general: { messages: 40_000 },
    townHall: { members: 5_000, messages: 20_000 },
    operations: { members: 1_000, messages: 200_000 },
  },
} as const satisfies Record<string, FloodSize>

export type FloodSizeName = keyof typeof FLOOD_SIZES
