import { useLaterPart } from '../server/use-later-part.ts'

const load = () => import('./AddPeople.tsx')

/** What adds people to a room. It is not part of the first view, which does not know yet whether anybody is left to add. */
export function useAddPeople(): Awaited<ReturnType<typeof load>> | undefined {
  return useLaterPart(load)
}
