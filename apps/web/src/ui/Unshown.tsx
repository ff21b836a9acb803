import type { FallbackProps } from './Boundary.tsx'
import { Button } from './Button.tsx'
import { tryAgain, unshown } from '../words/en/common.en.ts'
import { t } from '../words/say.ts'

/** Takes the place of a small part that threw an error. */
export function Unshown({ again }: FallbackProps) {
  return (
    <p role="alert" className="px-5 py-1 text-soft max-wide:px-4">
      {t(unshown)}
      <Button look="quiet" onClick={again}>
        {t(tryAgain)}
      </Button>
    </p>
  )
}
