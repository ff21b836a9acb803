import { readFileSync } from 'node:fs'
import { minifySync, type Plugin } from 'vite'

const SOURCE = new URL('../public/start.js', import.meta.url)

/** Takes spaces and comments out of the script that runs first. Its code stays as old browsers understand it. */
export function startScript(): Plugin {
  return {
    name: 'conclave:start-script',
    apply: 'build',
    generateBundle() {
      const { code } = minifySync('start.js', readFileSync(SOURCE, 'utf8'), {
        compress: false,
        module: false,
      })
      // Written after the files of `public`, and so in place of the one there.
      this.emitFile({ type: 'asset', fileName: 'start.js', source: inOldQuotes(code) })
    },
  }
}

/** The minifier quotes every string as a template, which old browsers cannot read. */
function inOldQuotes(code: string): string {
  if (code.includes("'") || code.includes('${')) throw new Error('start.js has a quote in a string')
  return code.replaceAll('`', "'")
}
