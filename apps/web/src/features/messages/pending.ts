/** My message on its way to the server, keyed by the id it will have. */
export interface PendingMessage {
  id: string
  roomId: string
  text: string
  /** The message that it answers. */
  replyTo?: string
  createdAt: string
  state: 'sending' | 'failed'
  /** How many seconds the server asked to wait before the retry. */
  waitSeconds?: number
  /** Why it failed, as a sentence; only when it did. */
  reason?: string
  /** Whether a retry may succeed without any change, as after a lost connection. */
  transient?: boolean
  /** Stored by the server, but not yet in the page. */
  stored?: boolean
}
