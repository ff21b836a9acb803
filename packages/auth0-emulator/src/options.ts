import type { KeyRing } from './keys.ts'

export interface SeedPerson {
  name: string
  email: string
  password: string
  /** Seeded people have confirmed their address unless told otherwise. */
  emailVerified?: boolean
  permissions?: string[]
}

export interface MachineClient {
  clientId: string
  clientSecret: string
  permissions: string[]
}

/** The machine-to-machine application that may use the Management API. */
export interface ManagementClient {
  clientId: string
  clientSecret: string
  scopes: string[]
}

/** Where an event stream delivers to, and the token its webhook is sent with. */
export interface EventTarget {
  url: string
  token: string
}

export interface Auth0EmulatorOptions {
  /** 0, the default, takes any free port. */
  port?: number
  /** The host in every address and in the issuer; requests to either are served. */
  host?: 'localhost' | '127.0.0.1'
  /** Where keys, people, grants and sessions persist; omitted, they live in memory. */
  dataDir?: string
  audience?: string
  clientId?: string
  clientName?: string
  /** What it signs with from the beginning; omitted, keys of its own. Many short-lived emulators may share them. */
  keys?: KeyRing
  /** Origins of the web app: callbacks, logout addresses and CORS at once. */
  webOrigins: string[]
  people?: SeedPerson[]
  /** Prefix of the claims a Post-Login Action would add. */
  claimsNamespace?: string
  accessTokenTtlSeconds?: number
  /** Auth0's "rotation overlap period": how long a rotated refresh token stays usable. */
  refreshTokenLeewaySeconds?: number
  /** Whether people who sign up count as having confirmed their address. */
  signUpsAreVerified?: boolean
  /**
   * Whether people are asked for consent, as Auth0 does where the API does not allow skipping it, or where the callback
   * is on localhost; off by default.
   */
  asksConsent?: boolean
  machine?: MachineClient
  management?: Partial<ManagementClient>
  /** Receives an event for every person who is updated or deleted. */
  events?: EventTarget
  eventsFirstRetryMs?: number
}

export interface Settings {
  url: string
  issuer: string
  audience: string
  clientId: string
  clientName: string
  claimsNamespace: string
  accessTokenTtlSeconds: number
  refreshTokenLeewaySeconds: number
  signUpsAreVerified: boolean
  machine: MachineClient
  management: ManagementClient
  managementAudience: string
}

const DEFAULT_MACHINE: MachineClient = {
  clientId: 'conclave-machine-local',
  clientSecret: 'local-machine-secret',
  permissions: [],
}

const DEFAULT_MANAGEMENT: ManagementClient = {
  clientId: 'conclave-management-local',
  clientSecret: 'local-management-secret',
  scopes: ['read:users', 'update:users', 'delete:sessions', 'delete:refresh_tokens'],
}

export function resolveSettings(options: Auth0EmulatorOptions, port: number): Settings {
  const url = `http://${options.host ?? 'localhost'}:${port}`
  return {
    url,
    // Auth0's issuer ends in a slash, and SDKs compare it as a string.
    issuer: `${url}/`,
    audience: options.audience ?? 'https://api.conclave.example',
    clientId: options.clientId ?? 'conclave-web-local',
    clientName: options.clientName ?? 'Conclave',
    claimsNamespace: options.claimsNamespace ?? 'https://conclave.example/',
    accessTokenTtlSeconds: options.accessTokenTtlSeconds ?? 300,
    refreshTokenLeewaySeconds: options.refreshTokenLeewaySeconds ?? 10,
    signUpsAreVerified: options.signUpsAreVerified ?? false,
    machine: options.machine ?? DEFAULT_MACHINE,
    management: { ...DEFAULT_MANAGEMENT, ...options.management },
    managementAudience: `${url}/api/v2/`,
  }
}
