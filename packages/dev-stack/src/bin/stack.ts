import { parseArgs } from 'node:util'
import { buildIfMissing } from '../build.ts'
import { startStack, type Stack } from '../stack.ts'
import { runCommand } from './run-command.ts'

/** `pnpm stack`: the production build on free ports with throw-away data, until SIGTERM. */
await runCommand(
  async (signal) => {
    const values = chosen()
    await buildIfMissing({ signal, onProgress })
    return startStack({
      web: 'built',
      ports: 'free',
      ...(values.data ? { dataDir: values.data } : {}),
      seed: !values.empty,
      tenantOnAnotherSite: values['tenant-on-another-site'],
      signal,
      onProgress,
    })
  },
  (stack) => process.stdout.write(`${JSON.stringify(facts(stack), null, chosen().json ? 0 : 2)}\n`),
)

function chosen() {
  return parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      data: { type: 'string' },
      empty: { type: 'boolean', default: false },
      'tenant-on-another-site': { type: 'boolean', default: false },
    },
  }).values
}

function onProgress(what: string): void {
  process.stderr.write(`  ${what}…\n`)
}

function facts(stack: Stack) {
  const { appId, key, secret, masterKey, host, port } = stack.pusher
  const { web, api, auth0, audience, clientId, database, people, apiPid } = stack
  return {
    web,
    api,
    auth0,
    audience,
    clientId,
    pusher: { host, port, appId, key, secret, masterKey },
    database,
    people,
    apiPid,
  }
}
