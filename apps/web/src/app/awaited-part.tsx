import { useEffect, useState, type ComponentType } from 'react'
import { loadPart, type PartTrouble } from '../server/parts.ts'
import { awayAndRetried } from '../server/problem-message.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Problem.tsx'
import { reload } from './Broken.tsx'
import * as words from '../words/en/app.en.ts'
import { reload as reloadPage } from '../words/en/common.en.ts'
import { outdated } from '../words/en/connection.en.ts'
import { t } from '../words/say.ts'
import type { Word } from '../words/word.ts'

const TITLES: Record<PartTrouble, Word> = {
  away: words.partAway,
  newer: outdated,
  lost: words.partLost,
}
const DETAILS: Record<PartTrouble, () => string> = {
  away: () => awayAndRetried(),
  newer: () => t(words.pageOutdated),
  lost: () => t(words.reloadForPart),
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
      <Problem title={t(TITLES[trouble])} detail={DETAILS[trouble]()}>
        {trouble !== 'away' && (
          <Button look="primary" onClick={reload}>
            {t(reloadPage)}
          </Button>
        )}
      </Problem>
    )
  }
}
