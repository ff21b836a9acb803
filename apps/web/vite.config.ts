import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { firstView } from './server/first-view.ts'
import { auth0Worker, webConfig } from './server/vite-plugins.ts'

const ENTRY = fileURLToPath(new URL('src/main.tsx', import.meta.url))

export default defineConfig({
  plugins: [react(), tailwindcss(), webConfig(process.env), auth0Worker()],
  // Configuration comes from /config.json; nothing of the environment is compiled in.
  envPrefix: 'NOTHING_',
  server: {
    host: process.env['WEB_HOST'] ?? 'localhost',
    port: Number(process.env['WEB_PORT'] ?? 5173),
    strictPort: true,
  },
  build: {
    target: 'es2024',
    sourcemap: false,
    assetsInlineLimit: 0,
    // The polyfill would be an inline script, and every browser of the target preloads modules by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Cut along what the pages share, it would be twenty files, and compress worse.
      output: { codeSplitting: { groups: [{ name: firstView(ENTRY), debugName: 'first view' }] } },
    },
  },
})
