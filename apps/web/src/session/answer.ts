import { replacePath } from './location.ts'

const PARAMETERS = ['code', 'state', 'error', 'error_description', 'iss']

/**
 * What the address says about a sign-in. `ours`: the tenant answered a sign-in of this tab. `foreign`: somebody made a
 * link that looks like an answer, to show their words on our page or to sign us in as them; or the answer was already
 * used.
 */
export type Answer = 'none' | 'ours' | 'foreign'

export function answerInAddress(clientId: string): Answer {
  const parameters = new URLSearchParams(location.search)
  if (!parameters.has('state') || !(parameters.has('code') || parameters.has('error')))
    return 'none'
  const ownState = stateAsked(clientId)
  return ownState !== undefined && ownState === parameters.get('state') ? 'ours' : 'foreign'
}

/** Removes a foreign answer from the address; the rest of the address stays. */
export function dropAnswer(): void {
  const rest = new URLSearchParams(location.search)
  for (const name of PARAMETERS) rest.delete(name)
  const search = rest.size === 0 ? '' : `?${rest.toString()}`
  replacePath(location.pathname + search + location.hash)
}

/** The `state` of the sign-in that this tab has begun, from where the SDK stores it. */
function stateAsked(clientId: string): string | undefined {
  try {
    const transaction: unknown = JSON.parse(
      sessionStorage.getItem(`a0.spajs.txs.${clientId}`) ?? '{}',
    )
    const { state } = transaction as { state?: unknown }
    return typeof state === 'string' ? state : undefined
  } catch {
    return undefined
  }
}
