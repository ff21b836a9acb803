import type { Call } from '@conclave/shared/client'
import type { People } from '@conclave/shared/people'
import type { PeopleLoader } from './people-loader.ts'

/** The same call, which takes the people whom an answer names out of it and keeps them. */
export function keepingNamed(call: Call, people: Pick<PeopleLoader, 'keep'>): Call {
  return async (endpoint, input) => {
    const answer = await call(endpoint, input)
    const { named, ...rest } = answer as { named?: People }
    if (!named) return answer
    people.keep(named)
    return rest as typeof answer
  }
}
