/** Every address of the app; no other file spells one out. */
export const paths = {
  home: '/',
  rooms: '/rooms',
  browse: '/rooms/browse',
  newRoom: '/rooms/new',
  room: (roomId: string) => `/rooms/${encodeURIComponent(roomId)}`,
  message: (roomId: string, seq: number) => `/rooms/${encodeURIComponent(roomId)}/${seq}`,
  members: (roomId: string) => `/rooms/${encodeURIComponent(roomId)}/members`,
  people: '/people',
  sessions: '/sessions',
  workspace: '/workspace',
  search: '/search',
} as const

export const ROUTES = {
  home: '/',
  rooms: '/rooms',
  browse: '/rooms/browse',
  newRoom: '/rooms/new',
  room: '/rooms/:roomId/:seq?',
  inRoom: '/rooms/:roomId/*',
  members: 'members',
  people: '/people',
  sessions: '/sessions',
  workspace: '/workspace',
  search: '/search',
} as const
