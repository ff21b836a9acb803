/**
 * A page that comes back from the browser's back/forward cache shows what was true when it was left: on its way to the
 * sign-in page, or somebody's who has signed out since. It starts over, and until then shows nothing.
 */
export function startOverFromCache(): () => void {
  const stop = new AbortController()
  const { signal } = stop
  addEventListener('pagehide', ({ persisted }) => persisted && setHidden(), { signal })
  addEventListener(
    'pageshow',
    ({ persisted }) => {
      if (!persisted) return
      setHidden()
      location.reload()
    },
    { signal },
  )
  return () => stop.abort()
}

function setHidden(): void {
  document.documentElement.style.visibility = 'hidden'
}
