import { parseArgs } from 'node:util'
import { startStack, type Stack } from '../stack.ts'
import { run } from './run.ts'

/** `pnpm stack`: the production build on free ports with throw-away data, until SIGTERM. */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    data: { type: 'string' },
    empty: { type: 'boolean', default: false },
    'tenant-on-another-site': { type: 'boolean', default: false },
  },
})

await run(
  () =>
    startStack({
      web: 'built',
      ports: 'free',
      ...(values.data ? { dataDir: values.data } : {}),
      seed: !values.empty,
      tenantOnAnotherSite: values['tenant-on-another-site'],
      onProgress: (what) => process.stderr.write(`  ${what}…\n`),
    }),
  (stack) => process.stdout.write(`${JSON.stringify(facts(stack), null, values.json ? 0 : 2)}\n`),
)

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
