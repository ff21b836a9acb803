import { Writable } from 'node:stream'

export interface CapturedLog {
  stream: Writable
  /** All log lines so far. */
  text(): string
  lines(): Record<string, unknown>[]
}

export function captureLog(): CapturedLog {
  const chunks: string[] = []
  const parsed: Record<string, unknown>[] = []
  let rest = ''
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      const text = chunk.toString('utf8')
      chunks.push(text)
      // Parsed as it comes: tests read the whole log again and again.
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line !== '') parsed.push(JSON.parse(line) as (typeof parsed)[0])
      done()
    },
  })
  return { stream, text: () => chunks.join(''), lines: () => [...parsed] }
}
