import { ProblemError, type Call } from '@conclave/shared/client'
import { COMMON_PROBLEMS } from '@conclave/shared/problems'
import type { CapturedLog } from './log.ts'

/**
 * The same client, which also fails where an endpoint answers a problem that it does not declare. An internal error gets the
 * words that the api logged for it, which callers are not told.
 */
export function truthful(call: Call, log?: CapturedLog): Call {
  return async (endpoint, input) => {
    try {
      return await call(endpoint, input)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      if (error.slug === 'internal' && log) error.message += `: ${lastFailure(log)}`
      const declared: readonly string[] = [...endpoint.problems, ...COMMON_PROBLEMS]
      if (declared.includes(error.slug)) throw error
      const { method, path } = endpoint
      throw new Error(`${method} ${path} answered ${error.slug}, which it does not declare`, {
        cause: error,
      })
    }
  }
}

function lastFailure(log: CapturedLog): string {
  const line = log.lines().findLast(({ msg }) => msg === 'failed')
  const { message = 'nothing was logged' } = (line?.['err'] ?? {}) as { message?: string }
  return message
}
