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
import { compiledWords } from './server/compiled-words.ts'
import { startScript } from './server/start-script.ts'
import { startWords } from './server/start-words.ts'

/** Grammars that are used together, or use each other. A file for each would be a header rule for each (build.test.ts). */
const GRAMMARS = [
  { name: 'grammars-web', test: grammars('css|html.*|javascript|typescript|tsx') },
  { name: 'grammars-c', test: grammars('c|cpp.*|csharp|swift') },
  { name: 'grammars-scripts', test: grammars('ruby|php') },
  { name: 'grammars', test: grammars('.*') },
]

export default defineConfig({
  plugins: [
    compiledWords(),
    startScript(),
    startWords(),
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
  // As modules, so that it loads only the grammars that somebody needs.
  worker: { format: 'es', rolldownOptions: { output: { codeSplitting: { groups: GRAMMARS } } } },
  build: {
    target: 'es2024',
    sourcemap: false,
    assetsInlineLimit: 0,
    // Parts are loaded before they are opened (lazy-pages.ts). The list of the files that each of them needs would be a
    // kilobyte of the first view; without it, one that is opened at once takes a round trip more.
    modulePreload: false,
    rolldownOptions: {
      // Split by what pages share, it would be twenty files, and compress worse. What begins with the page is one.
      output: {
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'] },
            // Half a kilobyte for each page: together they are one request, and compress better.
            { name: 'words', test: /[\\/]words[\\/]en[\\/]/ },
            // Shared by most of what is loaded later: with a file for each part of it a static host would run out of rules.
            { name: 'popups', test: /[\\/]@base-ui[\\/]/ },
            { name: 'ui', test: /[\\/](?:web[\\/]src[\\/]ui|lucide-react)[\\/]/ },
            { name: 'contract', test: /[\\/]packages[\\/](?:shared|client)[\\/]/ },
          ],
        },
      },
      // The package does not declare it, but importing it has no side effect, so unused parts can be left out.
      treeshake: {
        moduleSideEffects: [
          { test: /[\\/](?:typebox|packages[\\/]shared)[\\/]/, sideEffects: false },
        ],
      },
    },
  },
})

function grammars(names: string): RegExp {
  return new RegExp(String.raw`[\\/]@shikijs[\\/]langs[\\/]dist[\\/](?:${names})\.mjs$`)
}
