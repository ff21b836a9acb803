import type { FallbackProps } from '../ui/Boundary.tsx'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Problem.tsx'
import { requestIdOf } from './request-id.ts'

/** Says that a part of the page threw an error; `part` begins the sentence. */
export function Broken({ part, error, again }: FallbackProps & { part: string }) {
  return (
    <Problem
      title={`${part} could not be shown`}
      detail="Something in Conclave went wrong here. Try again, or reload the page."
      requestId={requestIdOf(error)}
    >
      <Button onClick={again}>Try again</Button>
      <Button onClick={reload}>Reload</Button>
    </Problem>
  )
}

/** For an error around everything, where there may be no session and no router. */
export function BrokenApp(props: FallbackProps) {
  return (
    <main className="flex h-dvh">
      <Broken part="Conclave" {...props} />
    </main>
  )
}

export function reload(): void {
  location.reload()
}
