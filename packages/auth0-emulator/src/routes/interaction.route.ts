import type { Interaction } from 'oidc-provider'
import type { Context } from '../incoming-request.ts'
import type { Tenant } from '../tenant.ts'

/** One visit of the sign-in pages. */
export interface SignIn {
  tenant: Tenant
  ctx: Context
  interaction: Interaction
}
