import type { Socket, SocketChannel } from './socket.ts'

/** A fake channel that behaves like pusher-js: it is kept under its name until it is unsubscribed. */
export class FakeChannel implements SocketChannel {
  subscribed = false
  subscriptionPending = true
  readonly #listeners: [string, (data: unknown) => void][] = []

  bind(event: string, listener: (data: unknown) => void): void {
    this.#listeners.push([event, listener])
  }

  emit(event: string, data?: unknown): void {
    for (const [name, listener] of this.#listeners) if (name === event) listener(data)
  }

  succeed(): void {
    this.subscribed = true
    this.emit('pusher:subscription_succeeded')
  }
}

/** A fake socket. */
export class FakeSocket implements Socket {
  readonly channels = new Map<string, FakeChannel>()
  /** The names of unsubscribed channels, in order. */
  readonly gone: string[] = []
  readonly #listeners: [string, () => void][] = []
  readonly connection: Socket['connection']
  /** How often `connect` was called. */
  attempts = 0

  constructor(state = 'connecting') {
    this.connection = { state, bind: (...bound) => this.#listeners.push(bound) }
  }

  become(state: string): void {
    this.connection.state = state
    this.emit('state_change')
  }

  emit(event: string): void {
    for (const [name, listener] of this.#listeners) if (name === event) listener()
  }

  subscribe(name: string): FakeChannel {
    const channel = this.channels.get(name) ?? new FakeChannel()
    this.channels.set(name, channel)
    return channel
  }

  unsubscribe(name: string): void {
    this.gone.push(name)
    if (!this.channels.get(name)?.subscriptionPending) this.channels.delete(name)
  }

  connect(): void {
    this.attempts += 1
    this.become('connecting')
  }

  disconnect(): void {
    this.become('disconnected')
  }

  /** The channel of this name; throws if it was never subscribed. */
  channel(name: string): FakeChannel {
    const found = this.channels.get(name)
    if (!found) throw new Error(`${name} is not subscribed`)
    return found
  }
}
