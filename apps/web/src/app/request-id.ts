import { ProblemError } from '@conclave/shared/client'

/** What to quote when asking for help; nothing when the server never answered. */
export function requestIdOf(error: unknown): string | undefined {
  return error instanceof ProblemError ? error.problem.instance || undefined : undefined
}
