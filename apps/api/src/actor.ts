import type { WorkspaceRole } from '@conclave/shared/people'
import type { ProblemSlug } from '@conclave/shared/problems'

/** The caller of a request: the person that a verified token belongs to. */
export interface Actor {
  readonly personId: string
  readonly role: WorkspaceRole
  readonly issuedAtSeconds: number
  /** The token's session, where the tenant adds it to tokens. */
  readonly sessionId: string | undefined
  readonly requestId: string
}

/** On whose behalf something is written, and the token by which they were admitted. */
export type Acting = Pick<Actor, 'personId' | 'issuedAtSeconds' | 'sessionId'>

/** What a verified access token proves. `sub` is Auth0's name for the person and never leaves the server. */
export interface Identity {
  readonly sub: string
  readonly issuedAtSeconds: number
  /** Auth0's session, when the tenant's Post-Login Action adds it. */
  readonly sessionId: string | undefined
  readonly token: string
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | undefined
    /** The problem that the request was refused with, and the person if known. */
    refused: { slug: ProblemSlug; personId: string | undefined } | undefined
  }
}
