import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import {
  auth0Worker,
  compressed,
  slimAuth0,
  slimContract,
  staticHost,
  webConfig,
} from './server/vite-plugins.ts'

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    webConfig(process.env),
    auth0Worker(),
    slimAuth0(),
    slimContract(),
    compressed(),
    staticHost(process.env),
  ],
  // Configuration comes from /config.json; nothing from the environment is compiled in.
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
    // The polyfill would be an inline script, and every target browser preloads modules by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Split by what pages share, it would be twenty files, and compress worse.
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
      // The package does not declare it, but importing it has no side effect, so unused parts can be left out.
      treeshake: {
        moduleSideEffects: [
          { test: /[\\/](?:typebox|packages[\\/]shared)[\\/]/, sideEffects: false },
        ],
      },
    },
  },
})
