type Environment = Record<string, string | undefined>

/** Anyone may sign in as anyone here, with one click and no password, so it must never run in production. */
export function refuseProduction(environment: Environment): void {
  const variable = ['NODE_ENV', 'CONCLAVE_ENV'].find((name) => environment[name] === 'production')
  if (!variable) return
  throw new Error(
    `The Auth0 emulator lets anyone sign in as anyone, so it never runs in production (${variable} is "production").`,
  )
}
