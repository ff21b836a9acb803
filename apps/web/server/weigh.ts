import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWeighed, scriptsOf } from './weights.ts'

/** Records the sizes of the first view's modules; build.test.ts names those that have grown since. */
const outDir = await mkdtemp(join(tmpdir(), 'conclave-weigh-'))
try {
  const weights = await buildWeighed(outDir, process.env)
  const page = await readFile(join(outDir, 'index.html'), 'utf8')
  const modules = scriptsOf(page)
    .flatMap((script) => Object.entries(weights[script] ?? {}))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  const file = new URL('first-view.weights.json', import.meta.url)
  await writeFile(file, `${JSON.stringify(Object.fromEntries(modules), null, 2)}\n`)
} finally {
  await rm(outDir, { recursive: true, force: true })
}
