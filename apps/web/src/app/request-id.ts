import { ProblemError } from '@conclave/shared/client'

/** The id to quote when asking for help; undefined when the server never answered. */
export function requestIdOf(error: unknown): string | undefined {
  return error instanceof ProblemError ? error.problem.instance || undefined : undefined
}
