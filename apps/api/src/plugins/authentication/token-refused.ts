/** Why a token is no good. The reason is for our log only: outside, every refusal is the same. */
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
