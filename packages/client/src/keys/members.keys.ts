const MEMBERS = 'members'

export const membersKey = (roomId: string) => [MEMBERS, roomId] as const
export const ALL_MEMBERS_KEY = [MEMBERS] as const
