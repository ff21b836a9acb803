/** The part of pusher-js that the client uses, so that tests can use a fake. */
export interface Socket {
  connection: {
    state: string
    bind: (event: string, listener: () => void) => unknown
  }
  subscribe: (name: string) => SocketChannel
  unsubscribe: (name: string) => void
  connect: () => void
  disconnect: () => void
}

export interface SocketChannel {
  subscribed: boolean
  subscriptionPending: boolean
  bind: (event: string, listener: (data: unknown) => void) => unknown
}
