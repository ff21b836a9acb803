import { skipToken, useQuery } from '@tanstack/react-query'
import { createElement, Fragment, type ReactNode } from 'react'
import './highlighted-code.css'
import { startHighlighter, type CodePiece } from './highlight.ts'

/** Code with the colours of its language; without them until they are there, or if the language is not known. */
export function HighlightedCode({ language, text }: { language: string; text: string }) {
  const { data: highlighter } = useQuery({
    queryKey: ['highlighter'],
    queryFn: startHighlighter,
    staleTime: Infinity,
    gcTime: Infinity,
  })
  const { data: lines } = useQuery({
    queryKey: ['highlighted', language, text],
    queryFn: highlighter ? () => highlighter.highlight({ language, text }) : skipToken,
    staleTime: Infinity,
    gcTime: 60_000,
  })
  if (!lines) return text
  return createElement(Fragment, null, ...lines.flatMap(elementsOf))
}

/** The pieces of a line have no identity but their place, so they are children without keys. */
function elementsOf(line: CodePiece[], nth: number): ReactNode[] {
  const pieces = line.map(({ text, kind }) =>
    kind === undefined ? text : createElement('span', { className: `code-${kind}` }, text),
  )
  return nth === 0 ? pieces : ['\n', ...pieces]
}
