import type { FastifyInstance } from 'fastify'
import { problem } from '../problem.ts'

// Only UTF-8: guessing another charset would be a second way to read the same body.
const UTF8 = '(?:[ \\t]*;[ \\t]*charset=(?:utf-8|"utf-8"))?'
const JSON_TYPE = new RegExp(`^application/json${UTF8}$`, 'i')
const FORM_TYPE = new RegExp(`^application/x-www-form-urlencoded${UTF8}$`, 'i')

/** Bodies are JSON in UTF-8; a feature that takes forms enables them in its own scope. */
export function bodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addHook('preParsing', async ({ headers }) => {
    // Compressed bodies are refused: a small one could become very large.
    const encoding = headers['content-encoding']
    if (encoding && encoding.toLowerCase() !== 'identity') throw problem('unsupported-media-type')
  })
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    // Fastify chooses the parser by the part of the type that it could parse, and ignores the rest.
    if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) {
      done(problem('unsupported-media-type'))
      return
    }
    const text = decodeUtf8(body as Buffer)
    if (text === undefined) {
      done(badRequest('The body is not UTF-8'))
      return
    }
    // oxlint-disable-next-line typescript/no-floating-promises -- the types promise a promise; this parser calls back
    parseJson(request, text, (error, value) => {
      if (error) done(error)
      else if (repeatsName(text, value)) done(badRequest('The body has a name twice'))
      else done(null, value)
    })
  })
}

/** Lets this scope take URL-encoded forms besides JSON. */
export function onlyForms(app: FastifyInstance): void {
  app.addHook('preParsing', async ({ headers }) => {
    const type = headers['content-type'] ?? ''
    if (/^application\/x-www-form-urlencoded/i.test(type) && !FORM_TYPE.test(type))
      throw problem('unsupported-media-type')
  })
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    // Fastify's parser would skip a byte order mark, other parsers would not (RFC 8259 section 8.1).
    return text.startsWith('\ufeff') ? undefined : text
  } catch {
    return undefined
  }
}

/**
 * Whether an object in this valid JSON has a duplicate name. Parsers differ in which one counts (RFC 8259 section 4),
 * so a proxy in front of us may have seen another value.
 */
function repeatsName(text: string, value: unknown): boolean {
  let written = 0
  // Strings are matched whole, so that a colon inside one does not count.
  for (const [, colon] of text.matchAll(STRINGS)) if (colon) written += 1
  return written !== countNames(value)
}

const STRINGS = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g

function countNames(value: unknown): number {
  let names = 0
  // Not recursive: a body of nothing but brackets could exhaust the stack.
  const open = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next !== 'object' || next === null) continue
    const inside = Object.values(next)
    if (!Array.isArray(next)) names += inside.length
    for (const entry of inside) open.push(entry)
  }
  return names
}

function badRequest(message: string): Error {
  return Object.assign(new Error(message), { statusCode: 400 })
}
