import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * `CONCLAVE_TOKEN=... pnpm audit:export https://api.chat.example.com FILE`: the audit log up to now, as a file that
 * `pnpm audit:verify` reads. The access token is that of an owner or admin of the workspace.
 */
interface Page {
  entries: { number: number; line: string; hash: string }[]
  last: { number: number; hash: string } | null
}

const PAGE_ENTRIES = 1_000
const [api, file] = process.argv.slice(2)
const token = process.env['CONCLAVE_TOKEN']

if (!api || !file || !token) {
  fail('Usage: CONCLAVE_TOKEN=<access token> pnpm audit:export <address of the api> FILE')
} else {
  try {
    await pipeline(Readable.from(exportLines(api, token)), createWriteStream(file, { mode: 0o600 }))
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error))
  }
}

/** Up to the entry that was the last one at the beginning: reading a page adds an entry. */
async function* exportLines(api: string, token: string): AsyncGenerator<string> {
  let after = 0
  let end: number | undefined
  do {
    const { entries, last } = await readPage(api, token, after)
    end ??= last?.number ?? 0
    const wanted = entries.filter(({ number }) => number <= end!)
    for (const { hash, line } of wanted) yield `${hash} ${line}\n`
    after = entries.at(-1)?.number ?? end
  } while (after < end)
  process.stdout.write(`${end} entries\n`)
}

async function readPage(api: string, token: string, after: number): Promise<Page> {
  const query = `after=${after}&limit=${PAGE_ENTRIES}`
  const response = await fetch(new URL(`/v1/admin/audit?${query}`, api), {
    headers: { authorization: `Bearer ${token}` },
  })
  if (!response.ok) throw new Error(`The api answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as Page
}

function fail(text: string): void {
  process.stderr.write(`${text}\n`)
  process.exitCode = 1
}
