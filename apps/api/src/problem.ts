import { PROBLEMS, type Problem, type ProblemSlug } from '@conclave/shared/problems'

interface Details {
  errors?: Problem['errors']
  /** The refused person, when that is known before there is an actor. */
  personId?: string
  /** Seconds until a retry may succeed, if known. */
  retryAfterSeconds?: number
}

/** Thrown by access and actions; only `plugins/problem-documents.ts` turns it into a response. */
export class ProblemThrown extends Error {
  override readonly name = 'ProblemThrown'
  readonly slug: ProblemSlug
  readonly status: number
  readonly errors: Problem['errors']
  readonly personId: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(slug: ProblemSlug, { errors, personId, retryAfterSeconds }: Details = {}) {
    super(PROBLEMS[slug].title)
    this.slug = slug
    this.status = PROBLEMS[slug].status
    this.errors = errors
    this.personId = personId
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** `throw problem('room-not-found')` */
export function problem(slug: ProblemSlug, errors?: Problem['errors']): ProblemThrown {
  return new ProblemThrown(slug, { errors })
}

/** For a person whose token is valid and who has no access. */
export function problemFor(personId: string, slug: ProblemSlug): ProblemThrown {
  return new ProblemThrown(slug, { personId })
}

/** For an exceeded limit, with the seconds until it resets. */
export function slowDown(retryAfterSeconds: number): ProblemThrown {
  const wholeSeconds = Math.max(1, Math.ceil(retryAfterSeconds))
  return new ProblemThrown('slow-down', { retryAfterSeconds: wholeSeconds })
}
