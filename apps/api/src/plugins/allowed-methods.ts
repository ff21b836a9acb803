import type { FastifyInstance } from 'fastify'

/** The methods that a path has, so that any other is answered 405 with `Allow`. */
export function allowedMethods(app: FastifyInstance): (url: string) => string[] {
  const routes: { pattern: RegExp; method: string }[] = []
  app.addHook('onRoute', ({ url, method }) => {
    for (const name of [method].flat()) {
      if (name !== 'OPTIONS') routes.push({ pattern: patternOf(url), method: name })
    }
  })
  return (url) => {
    const path = url.split('?', 1)[0] ?? ''
    return routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
  }
}

function patternOf(url: string): RegExp {
  return new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`)
}
