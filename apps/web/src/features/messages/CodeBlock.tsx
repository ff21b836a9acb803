import { useLaterPart } from '../../server/use-later-part.ts'

const loadHighlighted = () => import('./HighlightedCode.tsx').then((part) => part.HighlightedCode)

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
  const Highlighted = useLaterPart(loadHighlighted)
  return Highlighted ? <Highlighted language={language} text={text} /> : text
}
