import { createReadStream } from 'node:fs'

const LINE_FEED = 10

/** A file's lines as bytes, however large it is. Node's readline also splits at characters that text may contain. */
export async function* fileLines(path: string): AsyncGenerator<Buffer, void> {
  let rest = Buffer.alloc(0)
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0
    for (;;) {
      const to = chunk.indexOf(LINE_FEED, from)
      if (to === -1) break
      yield Buffer.concat([rest, chunk.subarray(from, to)])
      rest = Buffer.alloc(0)
      from = to + 1
    }
    rest = Buffer.concat([rest, chunk.subarray(from)])
  }
  if (rest.length > 0) yield rest
}
