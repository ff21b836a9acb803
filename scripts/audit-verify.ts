import { followChain } from './audit-chain.ts'
import { fileLines } from './file-lines.ts'

/**
 * `pnpm audit:verify FILE [LOG...]`: checks an export of the audit log offline, and names the first entry that was
 * altered, moved, duplicated or removed. Logs of the api that were kept elsewhere also show an end that was cut off,
 * and a chain that was rewritten from the beginning.
 */
const [file, ...logs] = process.argv.slice(2)

if (file === undefined) {
  fail('Usage: pnpm audit:verify FILE [LOG...]')
} else {
  try {
    await verify(file, logs)
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error))
  }
}

async function verify(file: string, logs: string[]): Promise<void> {
  const logged = await readLogs(logs)
  const verdict = await followChain(fileLines(file), logged)
  if (!verdict.intact) return fail(`Not as it was written: ${verdict.complaint}.`)
  const { number, hash } = verdict.last
  print(`${number} entries, each as it was written. The last is number ${number} with the hash`)
  print(hash)
  if (logged.size > 0) print(`The api logged ${logged.size} of them, with the same hashes.`)
  else print('If entries are missing after it, only the api’s log can tell (its lines "audited").')
}

/** The hashes in logs of the api, whatever else is on the line. */
async function readLogs(files: string[]): Promise<Map<number, string>> {
  const logged = new Map<number, string>()
  for (const file of files) {
    for await (const line of fileLines(file)) {
      const match = /"audit":\{"number":(\d{1,15}),"hash":"([0-9a-f]{64})"\}/.exec(line.toString())
      if (match) logged.set(Number(match[1]), match[2]!)
    }
  }
  if (files.length > 0 && logged.size === 0) throw new Error('There is no audited entry in the log')
  return logged
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function fail(text: string): void {
  process.stderr.write(`${text}\n`)
  process.exitCode = 1
}
