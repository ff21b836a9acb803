import type { WebSocket } from 'ws'
import { errorFrame } from './frames.ts'

/** Pusher protocol: Connection closure. */
export const CLOSE = {
  tlsOnly: [4000, 'Application only accepts SSL connections, reconnect using wss://'],
  unknownApp: [4001, 'App key not in this cluster. Did you forget to specify the cluster?'],
  appDisabled: [4003, 'Application disabled'],
  overQuota: [4004, 'Application is over connection quota'],
  pathNotFound: [4005, 'Path not found'],
  badVersion: [4006, 'Invalid version string format'],
  unsupportedProtocol: [4007, 'Unsupported protocol version'],
  noProtocol: [4008, 'No protocol version supplied'],
  unauthorized: [4009, 'Connection is unauthorized'],
  overCapacity: [4100, 'Over capacity'],
  reconnect: [4200, 'Generic reconnect immediately'],
  noPong: [4201, 'Pong reply not received'],
  inactive: [4202, 'Closed after inactivity'],
} as const

export type CloseReason = keyof typeof CLOSE

/** A client that never answers the close frame must not keep its socket. */
const CLOSE_GRACE_MS = 2000

/** From protocol 6 on only the code is sent; before, an error event comes first. */
const CODE_ALONE_FROM = 6

export function closeWith(
  { socket, protocol }: { socket: WebSocket; protocol: number },
  reason: CloseReason,
): void {
  const [code, text] = CLOSE[reason]
  if (protocol < CODE_ALONE_FROM) socket.send(errorFrame(text, code))
  socket.close(code, text)
  const timer = setTimeout(() => socket.terminate(), CLOSE_GRACE_MS).unref()
  socket.once('close', () => clearTimeout(timer))
}
