import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vite'

const ROOT = import.meta.dirname

/**
 * What runs in production. Node runs the sources as they are, but hundreds of small modules and what takes their types
 * away cost it 30 MB and a third of its start.
 */
export default defineConfig({
  plugins: [
    {
      name: 'migrations',
      closeBundle: () =>
        cpSync(join(ROOT, 'src/database/migrations'), join(ROOT, 'dist/migrations'), {
          recursive: true,
        }),
    },
  ],
  // Of these we use a part of many small files; the others are loaded from node_modules as they are.
  ssr: { noExternal: ['@conclave/shared', 'auth0', 'typebox'] },
  build: { ssr: 'src/main.ts', target: 'node24' },
})
