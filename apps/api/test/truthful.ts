import { ProblemError, type Call } from '@conclave/shared/client'
import { COMMON_PROBLEMS } from '@conclave/shared/problems'

/** The same client, which also fails where an endpoint answers a problem that it does not declare. */
export function truthful(call: Call): Call {
  return async (endpoint, input) => {
    try {
      return await call(endpoint, input)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      const declared: readonly string[] = [...endpoint.problems, ...COMMON_PROBLEMS]
      if (declared.includes(error.slug)) throw error
      const { method, path } = endpoint
      throw new Error(`${method} ${path} answered ${error.slug}, which it does not declare`, {
        cause: error,
      })
    }
  }
}
