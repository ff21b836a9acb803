import { PROBLEMS, type Problem, type ProblemSlug } from '@conclave/shared/problems'

/** Thrown by access and actions; `plugins/problems.ts` is the one place that turns it into an answer. */
export class ProblemThrown extends Error {
  override readonly name = 'ProblemThrown'
  readonly slug: ProblemSlug
  readonly status: number
  readonly errors: Problem['errors']
  /** Who is refused, when it is decided before there is an actor. */
  readonly personId: string | undefined

  constructor(slug: ProblemSlug, errors?: Problem['errors'], personId?: string) {
    super(PROBLEMS[slug].title)
    this.slug = slug
    this.status = PROBLEMS[slug].status
    this.errors = errors
    this.personId = personId
  }
}

/** `throw problem('room-not-found')` */
export function problem(slug: ProblemSlug, errors?: Problem['errors']): ProblemThrown {
  return new ProblemThrown(slug, errors)
}

/** For a person who is known by their token and has no access. */
export function problemFor(personId: string, slug: ProblemSlug): ProblemThrown {
  return new ProblemThrown(slug, undefined, personId)
}
