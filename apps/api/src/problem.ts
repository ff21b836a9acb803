import { PROBLEMS, type Problem, type ProblemSlug } from '@conclave/shared/problems'

/** Thrown by access and actions; `plugins/problems.ts` is the one place that turns it into an answer. */
export class ProblemThrown extends Error {
  override readonly name = 'ProblemThrown'
  readonly slug: ProblemSlug
  readonly status: number
  readonly errors: Problem['errors']

  constructor(slug: ProblemSlug, errors?: Problem['errors']) {
    super(PROBLEMS[slug].title)
    this.slug = slug
    this.status = PROBLEMS[slug].status
    this.errors = errors
  }
}

/** `throw problem('room-not-found')` */
export function problem(slug: ProblemSlug, errors?: Problem['errors']): ProblemThrown {
  return new ProblemThrown(slug, errors)
}
