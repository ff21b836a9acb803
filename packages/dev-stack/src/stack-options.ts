import type { ApiForm } from './apps.ts'
import type { PortChoice } from './stack-ports.ts'

export interface StackOptions {
  /** `develop`: Vite and a watching api. `built`: the production build with the production headers. `none`: only the rest. */
  web: 'develop' | 'built' | 'none'
  /** By default the same as the web; without a web, the sources. */
  api?: ApiForm
  ports: PortChoice
  /** How many instances of the api; the web uses the first. */
  apis?: number
  /**
   * Puts the Auth0 emulator on another site than the web, as a real tenant is: its cookies are third-party cookies,
   * which frames do not see. Sites are compared without ports, and `127.0.0.1` is not `localhost`.
   */
  tenantOnAnotherSite?: boolean
  /** A checkout whose build runs instead of this one's, until another is deployed. */
  checkout?: string
  /** Where data is kept between runs; by default it is removed with the stack. */
  dataDir?: string
  seed: boolean
  /** Real services named here are used instead of the emulators. */
  env?: NodeJS.ProcessEnv
  /** Aborting ends the start at its next step, and stops what already runs. */
  signal?: AbortSignal
  onProgress?: (what: string) => void
  onLog?: (name: string, line: string) => void
}

const API_BESIDE = { develop: 'watched', built: 'built', none: 'sources' } as const

/** Which api runs beside this web. */
export function apiFormOf({ api, web }: StackOptions): ApiForm {
  return api ?? API_BESIDE[web]
}

/** The log option of one process, if logging is on. */
export function logOf({ onLog }: StackOptions, name: string) {
  return onLog ? { onLine: (line: string) => onLog(name, line) } : {}
}
