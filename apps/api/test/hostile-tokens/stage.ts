import { startHarness, type Harness, type HarnessOptions } from '../harness.ts'
import { startIssuer } from '../issuer.ts'
import { AUDIENCE, CLIENT_ID } from '../good-tokens.ts'
import { honest, type Forge } from './forge.ts'

/** The api that trusts the issuer, the attacker's own servers, and Grace, who is in the team. */
export interface Stage extends Forge, AsyncDisposable {
  harness: Harness
  graceId: string
}

export async function openStage(
  options: Pick<HarnessOptions, 'routes' | 'now'> = {},
): Promise<Stage> {
  const [issuer, attacker] = await Promise.all([startIssuer(), startIssuer()])
  const harness = await startHarness({
    ...options,
    // Each refusal waits until everything before it was read.
    hintsEveryMs: 10,
    env: { AUTH0_DOMAIN: issuer.domain, AUTH0_AUDIENCE: AUDIENCE, AUTH0_CLIENT_ID: CLIENT_ID },
  })
  const headers = { authorization: `Bearer ${honest({ issuer, attacker })}` }
  const me = await fetch(`${harness.url}/v1/me`, { headers })
  const { id: graceId } = (await me.json()) as { id: string }
  return {
    harness,
    issuer,
    attacker,
    graceId,
    [Symbol.asyncDispose]: async () => {
      await harness.close()
      await Promise.all([issuer[Symbol.asyncDispose](), attacker[Symbol.asyncDispose]()])
    },
  }
}
