/** One call as it arrived, to see what a client really sends. */
export interface ManagementCall {
  method: string
  /** Still encoded, without the query. */
  path: string
  status: number
  /** The body, if it could be parsed. */
  body: unknown
}

export interface ManagementFault {
  mode: 'none' | 'down' | 'slow' | 'error' | 'limited'
  delayMs: number
  status: number
}

export interface ManagementState {
  fault: ManagementFault
  calls: ManagementCall[]
  reset(): void
}

export const NO_FAULT: ManagementFault = { mode: 'none', delayMs: 1_000, status: 500 }
const MODES: readonly unknown[] = ['none', 'down', 'slow', 'error', 'limited']

export function createManagementState(): ManagementState {
  return {
    fault: NO_FAULT,
    calls: [],
    reset() {
      this.fault = NO_FAULT
      this.calls = []
    },
  }
}

export function parseFault(body: Record<string, unknown>): ManagementFault {
  const { mode, delayMs = NO_FAULT.delayMs, status = NO_FAULT.status } = body
  if (!MODES.includes(mode)) throw new Error(`"mode" must be one of ${MODES.join(', ')}.`)
  if (typeof delayMs !== 'number') throw new Error('"delayMs" must be a number.')
  if (typeof status !== 'number') throw new Error('"status" must be a number.')
  return { mode: mode as ManagementFault['mode'], delayMs, status }
}
