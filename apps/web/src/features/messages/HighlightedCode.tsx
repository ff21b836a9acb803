import { skipToken, useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import './highlighted-code.css'
import { highlight, startHighlighter } from './highlight.ts'

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
    queryFn: highlighter ? () => highlight(highlighter, { language, text }) : skipToken,
    staleTime: Infinity,
    gcTime: 60_000,
  })
  if (!lines) return text
  return lines.map((line, nth) => (
    <Fragment key={nth}>
      {nth > 0 && '\n'}
      {line.map(({ text: piece, kind }, place) =>
        kind === undefined ? (
          piece
        ) : (
          <span key={place} className={`code-${kind}`}>
            {piece}
          </span>
        ),
      )}
    </Fragment>
  ))
}
