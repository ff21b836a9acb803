import type { WorkspaceRole } from '@conclave/shared/people'
import type { ProblemSlug } from '@conclave/shared/problems'

/** Who is calling: a verified token, and the person of ours that it stands for. */
export interface Actor {
  readonly personId: string
  readonly role: WorkspaceRole
  readonly issuedAtSeconds: number
  /** The session of the token, where the tenant names sessions. */
  readonly sessionId: string | undefined
  readonly requestId: string
}

/** On whose behalf something is written, and with what they were let in. */
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
    /** What the request was refused with, and to whom if that is known. */
    refused: { slug: ProblemSlug; personId: string | undefined } | undefined
  }
}
