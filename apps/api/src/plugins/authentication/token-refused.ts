/** Why a token was refused. The reason is for the log only: clients get the same answer for all. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused'
  readonly reason: string

  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}

export function refuse(reason: string): never {
  throw new TokenRefused(reason)
}
