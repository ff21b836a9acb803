/** Thrown before anything listens: an emulator that accepts well-known keys must never run in production. */
export class EmulatorInProductionError extends Error {
  override readonly name = 'EmulatorInProductionError'
}

export function refuseProduction(env: Readonly<Record<string, string | undefined>>): void {
  for (const name of ['NODE_ENV', 'CONCLAVE_ENV']) {
    if (env[name] !== 'production') continue
    throw new EmulatorInProductionError(
      `The Pusher emulator never runs in production, and ${name} is "production".`,
    )
  }
}
