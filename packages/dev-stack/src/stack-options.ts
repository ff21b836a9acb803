import type { ApiForm } from './apps.ts'
import type { PortChoice } from './stack-ports.ts'

export interface StackOptions {
  /** `develop`: Vite and a watching api. `built`: the production build with the production headers. `none`: only the rest. */
  web: 'develop' | 'built' | 'none'
  /** By default as the web; without a web, the sources. */
  api?: ApiForm
  ports: PortChoice
  /** How many instances of the api; the web is given the first. */
  apis?: number
  /**
   * Puts the stand-in tenant on another site than the web, as a real one is: its cookies are a third party's there, and
   * frames do not see them. Sites are compared without ports, and `127.0.0.1` is another than `localhost`.
   */
  tenantOnAnotherSite?: boolean
  /** A checkout whose build runs in place of this one's, until another is deployed. */
  checkout?: string
  /** Kept between runs; without it the data goes with the stack. */
  dataDir?: string
  seed: boolean
  /** Real services named here are used in place of the stand-ins. */
  env?: NodeJS.ProcessEnv
  /** Aborted, the start ends at its next step, and what already runs is stopped. */
  signal?: AbortSignal
  onProgress?: (what: string) => void
  onLog?: (name: string, line: string) => void
}

const API_BESIDE = { develop: 'watched', built: 'built', none: 'sources' } as const

/** Which api runs beside this web. */
export function apiFormOf({ api, web }: StackOptions): ApiForm {
  return api ?? API_BESIDE[web]
}

/** Where the lines of one process go, if anywhere. */
export function logOf({ onLog }: StackOptions, name: string) {
  return onLog ? { onLine: (line: string) => onLog(name, line) } : {}
}
