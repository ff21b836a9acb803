import { startStack } from '@conclave/dev-stack/stack'
import { launchBrowser } from '@conclave/browser/launch'
import { signIn, say, sees } from './actions.ts'
const stack = await startStack({
  web: 'built',
  ports: 'free',
  seed: true,
  onLog: (n, l) => {
    if (/"level":"(error|fatal|warn)"/.test(l)) console.log(n, l)
  },
})
const browser = await launchBrowser()
const a = await signIn(await (await browser.newContext()).newPage(), stack, 'alice')
const b = await signIn(await (await browser.newContext()).newPage(), stack, 'bob')
let tokens = 0
a.on('request', (r) => {
  if (r.url().includes('/oauth/token')) tokens++
})
const t = Date.now()
for (let i = 0; i < 7; i++) {
  await new Promise((r) => setTimeout(r, 60_000))
  const text = `soak message ${i}`
  await say(a, text)
  await sees(b, text)
  console.log(
    Math.round((Date.now() - t) / 1000),
    's ok; token requests',
    tokens,
    await a.locator('html').getAttribute('data-realtime'),
  )
}
await browser.close()
await stack.close()
process.exit()
