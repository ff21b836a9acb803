export const membersKey = (roomId: string) => ['members', roomId] as const
