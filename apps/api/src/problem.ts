import { PROBLEMS, type Problem, type ProblemSlug } from '@conclave/shared/problems'

interface Details {
  errors?: Problem['errors']
  /** Who is refused, when it is decided before there is an actor. */
  personId?: string
  /** How long to wait before the same may succeed, when that is known. */
  retryAfterSeconds?: number
}

/** Thrown by access and actions; `plugins/problem-documents.ts` is the one place that turns it into an answer. */
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

/** For a person who is known by their token and has no access. */
export function problemFor(personId: string, slug: ProblemSlug): ProblemThrown {
  return new ProblemThrown(slug, { personId })
}

/** For a limit that was reached, when it is known until when. */
export function slowDown(retryAfterSeconds: number): ProblemThrown {
  const wholeSeconds = Math.max(1, Math.ceil(retryAfterSeconds))
  return new ProblemThrown('slow-down', { retryAfterSeconds: wholeSeconds })
}
