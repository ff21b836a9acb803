import { useLaterPart } from '../../server/use-later-part.ts'

const loadHighlighted = () => import('./HighlightedCode.tsx')

/** Code as it was written; its colours come later, and change no size. */
export function CodeBlock({ language, text }: { language: string; text: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What scrolls must be reachable by keyboard.
    <pre dir="ltr" tabIndex={0}>
      <code>{language === '' ? text : <Colourable language={language} text={text} />}</code>
    </pre>
  )
}

function Colourable({ language, text }: { language: string; text: string }) {
  const part = useLaterPart(loadHighlighted)
  return part ? <part.HighlightedCode language={language} text={text} /> : text
}
