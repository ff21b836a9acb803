import type { FastifyInstance } from 'fastify'

// Only what the contract says; a guess of another charset would be a second way to read a body.
const JSON_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i

/** Bodies are JSON in UTF-8 and nothing else; a feature that takes forms says so in its own scope. */
export function bodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(JSON_TYPE, { parseAs: 'buffer' }, (request, body, done) => {
    const text = decodeUtf8(body as Buffer)
    if (text === undefined) {
      done(Object.assign(new Error('The body is not UTF-8'), { statusCode: 400 }))
      return
    }
    // Fastify's types promise a promise; its parser calls back.
    void parseJson(request, text, done)
  })
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
