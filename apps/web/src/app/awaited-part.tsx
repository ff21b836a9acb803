import { useEffect, useState, type ComponentType } from 'react'
import { loadPart, type PartTrouble } from '../server/parts.ts'
import { whatIsAway } from '../server/problem-message.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Problem.tsx'
import { reload } from './Broken.tsx'

const TITLES: Record<PartTrouble, string> = {
  away: 'This part could not be loaded yet',
  newer: 'There is a newer version of Conclave',
  lost: 'This part could not be loaded',
}
const DETAILS: Record<PartTrouble, () => string> = {
  away: () => `${whatIsAway()} Retrying automatically.`,
  newer: () => 'This page is older than the server. Reload to continue.',
  lost: () => 'Reload the page to get it.',
}

/** Takes the place of a part that failed to load, until it is loaded. */
export function awaitedPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  return function AwaitedPart(props: Props) {
    const [loaded, setLoaded] = useState<{ Part: ComponentType<Props> }>()
    const [trouble, setTrouble] = useState<PartTrouble>()
    useEffect(() => {
      const stop = new AbortController()
      loadPart(load, setTrouble, stop.signal).then(
        (Part) => setLoaded({ Part }),
        () => undefined,
      )
      return () => stop.abort()
    }, [])
    if (loaded) return <loaded.Part {...props} />
    if (!trouble) return null
    return (
      <Problem title={TITLES[trouble]} detail={DETAILS[trouble]()}>
        {trouble !== 'away' && (
          <Button look="primary" onClick={reload}>
            Reload
          </Button>
        )}
      </Problem>
    )
  }
}
