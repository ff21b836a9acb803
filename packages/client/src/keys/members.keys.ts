const MEMBERS = 'members'

/** Lists of a room's members as they were fetched. Events do not change them: they are fetched again when `membersRev` moves. */
export const membersKey = (roomId: string) => [MEMBERS, roomId] as const
export const ALL_MEMBERS_KEY = [MEMBERS] as const
