import type { StackOptions } from './stack-options.ts'
import { choosePorts } from './stack-ports.ts'

export interface Addresses {
  ports: Awaited<ReturnType<typeof choosePorts>>
  webOrigin: string
  /** Where the browser reaches the first api; behind a proxy that is not `localApi`. */
  api: string
  localApi: string
}

/** Chooses ports, and what the web and the api are called; the environment may name other addresses. */
export async function chooseAddresses({
  ports: choice,
  env = {},
}: StackOptions): Promise<Addresses> {
  const ports = await choosePorts(choice, env)
  const localApi = `http://localhost:${ports.api}`
  return {
    ports,
    webOrigin: env['WEB_ORIGIN'] ?? `http://localhost:${ports.web}`,
    api: env['VITE_API_URL'] ?? localApi,
    localApi,
  }
}
