export const leaveKey = (roomId: string) => ['leave', roomId] as const
