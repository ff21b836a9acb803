import { useState, useSyncExternalStore } from 'react'

const CHECK_EVERY_MS = 30_000

/**
 * The current local day, time zone and language as one key: what is shown in them is rendered again when it changes. A
 * timer until midnight would miss a machine that was asleep, a journey, or a corrected clock.
 */
export function useClock(): string {
  const [clock] = useState(createClock)
  return useSyncExternalStore(clock.watch, clock.read)
}

function createClock() {
  let place = readPlace()
  return {
    read: () => `${new Date().toDateString()} ${place}`,
    watch: (onChange: () => void) =>
      watchClock(() => {
        place = readPlace()
        onChange()
      }),
  }
}

/** The time zone and the language. Not read at each rendering: that takes longer than rendering a message. */
function readPlace(): string {
  const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions()
  return `${timeZone} ${locale}`
}

function watchClock(onChange: () => void): () => void {
  const stop = new AbortController()
  const timer = setInterval(onChange, CHECK_EVERY_MS)
  for (const event of ['focus', 'pageshow', 'online', 'languagechange']) {
    window.addEventListener(event, onChange, { signal: stop.signal })
  }
  for (const event of ['visibilitychange', 'resume']) {
    document.addEventListener(event, onChange, { signal: stop.signal })
  }
  return () => {
    clearInterval(timer)
    stop.abort()
  }
}
