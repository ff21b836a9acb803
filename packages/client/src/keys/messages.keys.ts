const MESSAGES = 'messages'
const PENDING = 'pending'

export const messagesKey = (roomId: string) => [MESSAGES, roomId] as const
export const pendingKey = (roomId: string) => [PENDING, roomId] as const
export const ALL_MESSAGES_KEY = [MESSAGES] as const
export const ALL_PENDING_KEY = [PENDING] as const

const REACTIONS = 'reactions'

/** What I want of reactions, and who reacted, beyond what the messages themselves say. */
export const reactionsKey = (roomId: string) => [REACTIONS, roomId] as const
export const ALL_REACTIONS_KEY = [REACTIONS] as const

const QUOTES = 'quotes'

/** What replies show of the messages that they answer. */
export const quotesKey = (roomId: string) => [QUOTES, roomId] as const
export const ALL_QUOTES_KEY = [QUOTES] as const
