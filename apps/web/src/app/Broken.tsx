import type { FallbackProps } from '../ui/Boundary.tsx'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Problem.tsx'
import { requestIdOf } from './request-id.ts'
import * as words from '../words/en/app.en.ts'
import { reload as reloadPage, tryAgain } from '../words/en/common.en.ts'
import { t } from '../words/say.ts'
import type { Word } from '../words/word.ts'

/** Says that a part of the page threw an error; `part` is the sentence that says which. */
export function Broken({ part, error, again }: FallbackProps & { part: Word }) {
  return (
    <Problem title={t(part)} detail={t(words.broken)} requestId={requestIdOf(error)}>
      <Button onClick={again}>{t(tryAgain)}</Button>
      <Button onClick={reload}>{t(reloadPage)}</Button>
    </Problem>
  )
}

/** For an error around everything, where there may be no session and no router. */
export function BrokenApp(props: FallbackProps) {
  return (
    <main className="flex h-dvh">
      <Broken part={words.appBroken} {...props} />
    </main>
  )
}

export function reload(): void {
  location.reload()
}
