import { createCssVariablesTheme, createHighlighterCore, type LanguageInput } from '@shikijs/core'
import { createJavaScriptRegexEngine } from '@shikijs/engine-javascript'
import type { Code, CodePiece, Highlighted } from './highlight.ts'

/** What a fence may name, and the grammar of it; each is loaded when somebody shows code in it. */
const LANGUAGES: Record<string, () => LanguageInput> = {
  bash: () => import('@shikijs/langs/bash'),
  c: () => import('@shikijs/langs/c'),
  cpp: () => import('@shikijs/langs/cpp'),
  csharp: () => import('@shikijs/langs/csharp'),
  css: () => import('@shikijs/langs/css'),
  diff: () => import('@shikijs/langs/diff'),
  docker: () => import('@shikijs/langs/docker'),
  go: () => import('@shikijs/langs/go'),
  html: () => import('@shikijs/langs/html'),
  java: () => import('@shikijs/langs/java'),
  javascript: () => import('@shikijs/langs/javascript'),
  json: () => import('@shikijs/langs/json'),
  kotlin: () => import('@shikijs/langs/kotlin'),
  markdown: () => import('@shikijs/langs/markdown'),
  php: () => import('@shikijs/langs/php'),
  python: () => import('@shikijs/langs/python'),
  ruby: () => import('@shikijs/langs/ruby'),
  rust: () => import('@shikijs/langs/rust'),
  sql: () => import('@shikijs/langs/sql'),
  swift: () => import('@shikijs/langs/swift'),
  toml: () => import('@shikijs/langs/toml'),
  tsx: () => import('@shikijs/langs/tsx'),
  typescript: () => import('@shikijs/langs/typescript'),
  xml: () => import('@shikijs/langs/xml'),
  yaml: () => import('@shikijs/langs/yaml'),
}
const ALIASES: Record<string, string> = {
  'c#': 'csharp',
  'c++': 'cpp',
  cs: 'csharp',
  dockerfile: 'docker',
  js: 'javascript',
  jsx: 'tsx',
  kt: 'kotlin',
  md: 'markdown',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  ts: 'typescript',
  yml: 'yaml',
  zsh: 'bash',
}
const LINE_MAX_CHARS = 1_000
/** Something of each kind, in no language in particular. */
const SAMPLE = '// if\n# if\nif (a == "b") { c(1) } else { d }\n'

const theme = createCssVariablesTheme({ name: 'kinds', variablePrefix: '--' })
const highlighter = createHighlighterCore({
  themes: [theme],
  langs: [],
  engine: createJavaScriptRegexEngine({ forgiving: true }),
})

addEventListener('message', ({ data, ports: [port] }: MessageEvent<Code>) => {
  const answer = (found: Highlighted) => port?.postMessage(found)
  highlighted(data, () => answer('begun')).then(answer, () => answer(null))
})

async function highlighted(
  { language, text }: Code,
  begin: () => void,
): Promise<CodePiece[][] | null> {
  const name = Object.hasOwn(ALIASES, language) ? ALIASES[language] : language
  if (name === undefined || !Object.hasOwn(LANGUAGES, name)) return null
  const shiki = await highlighter
  await shiki.loadLanguage(LANGUAGES[name]!())
  const options = {
    lang: name,
    theme: 'kinds',
    // Where it stopped the colours would be wrong: the page ends the worker instead.
    tokenizeTimeLimit: 0,
    tokenizeMaxLineLength: LINE_MAX_CHARS,
  }
  // Most of the time goes into compiling the grammar, when it is used first; that is nobody's fault.
  shiki.codeToTokensBase(SAMPLE, options)
  begin()
  const lines = shiki.codeToTokensBase(text, options)
  return lines.map((line) =>
    line.map(({ content, color }) => ({ text: content, kind: kindOf(color) })),
  )
}

function kindOf(color: string | undefined): CodePiece['kind'] {
  const [, kind = ''] = /token-(\w+)/.exec(color ?? '') ?? []
  switch (kind) {
    case 'comment':
      return 'comment'
    case 'keyword':
      return 'keyword'
    case 'string':
      return 'string'
    case 'constant':
    case 'function':
      return 'constant'
    default:
      return undefined
  }
}
