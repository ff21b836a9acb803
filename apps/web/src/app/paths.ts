/** Every address in the app; nothing else spells one. */
export const paths = {
  home: '/',
  rooms: '/rooms',
  room: (roomId: string) => `/rooms/${encodeURIComponent(roomId)}`,
} as const

export const ROUTES = { home: '/', rooms: '/rooms', room: '/rooms/:roomId' } as const
