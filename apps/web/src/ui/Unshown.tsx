import type { FallbackProps } from './Boundary.tsx'
import { Button } from './Button.tsx'

/** Takes the place of a small part that threw an error. */
export function Unshown({ again }: FallbackProps) {
  return (
    <p role="alert" className="px-5 py-1 text-soft max-wide:px-4">
      This could not be shown.
      <Button look="quiet" onClick={again}>
        Try again
      </Button>
    </p>
  )
}
