/** A message of mine on its way, keyed by the id it will have. */
export interface PendingMessage {
  id: string
  roomId: string
  text: string
  createdAt: string
  state: 'sending' | 'failed'
  /** For how long the server asked to wait before it is tried again. */
  waitSeconds?: number
  /** Why it failed, as a sentence; only when it did. */
  reason?: string
  /** Whether trying again may help by itself, as after a lost connection. */
  transient?: boolean
  /** Stored by the server, and waiting for its place in the page. */
  stored?: boolean
}
