import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { JWTHeaderParameters, JWTPayload } from 'jose'
import { openAccounts } from './accounts.ts'
import { createConsent } from './consent.ts'
import { createControls } from './controls.ts'
import { openDatabase } from './sqlite-database.ts'
import { createEventStream } from './event-stream.ts'
import { refuseProduction } from './guard.ts'
import { openKeys } from './keys.ts'
import { listenOnLoopback } from './listen.ts'
import { createManagementState } from './management/management-state.ts'
import { exactOrigins } from './origins.ts'
import {
  type Auth0EmulatorOptions,
  type ManagementClient,
  resolveSettings,
  type SeedPerson,
} from './options.ts'
import { type Controls, handleControl, isControl } from './routes/control.route.ts'
import { createProvider } from './provider.ts'
import type { Tenant } from './tenant.ts'

export type { Auth0EmulatorOptions, MachineClient, SeedPerson } from './options.ts'

export interface Auth0Emulator extends Controls {
  url: string
  issuer: string
  audience: string
  clientId: string
  port: number
  people: readonly SeedPerson[]
  management: Pick<ManagementClient, 'clientId' | 'clientSecret'>
  accessTokenFor(email: string, overrides?: JWTPayload): Promise<string>
  /** Signs any claims with the current key, to test whether an API accepts them. */
  signAccessToken(claims: JWTPayload, header?: Partial<JWTHeaderParameters>): Promise<string>
  close(): Promise<void>
}

export async function startAuth0Emulator(options: Auth0EmulatorOptions): Promise<Auth0Emulator> {
  // oxlint-disable-next-line node/no-process-env -- whatever the caller says, never in production
  refuseProduction(process.env)

  const people = options.people ?? []
  const webOrigins = exactOrigins(options.webOrigins)
  const database = openDatabase(options.dataDir)
  const accounts = openAccounts(database)
  const [keys] = await Promise.all([openKeys(database, options.keys), accounts.seed(people)])

  let handle: RequestListener = answerLater
  // The issuer contains the port, so the port has to be known first.
  const listener = await listenOnLoopback(options.port ?? 0, (request, response) =>
    handle(request, response),
  ).catch((error: unknown) => {
    database.close()
    throw error
  })
  const settings = resolveSettings(options, listener.port)
  const events = createEventStream(settings, options)
  const management = createManagementState()
  const consent = createConsent(options.asksConsent ?? false)
  const tenant: Tenant = {
    settings,
    database,
    accounts,
    keys,
    webOrigins,
    events,
    management,
    consent,
    denied: new Map(),
  }
  const controls = createControls(tenant, people, serve)
  serve()

  return {
    ...controls,
    url: settings.url,
    issuer: settings.issuer,
    audience: settings.audience,
    clientId: settings.clientId,
    port: listener.port,
    people,
    management: {
      clientId: settings.management.clientId,
      clientSecret: settings.management.clientSecret,
    },
    async close() {
      events.reset()
      await listener.close()
      database.close()
    },
  }

  /** Called again after each change of keys or origins: a provider takes them at construction only. */
  function serve(): void {
    const protocol = createProvider(tenant).callback()
    handle = (request, response) => {
      if (isControl(request)) return void handleControl(controls, request, response)
      void protocol(request, response)
    }
  }
}

function answerLater(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(503).end()
}
