/**
 * A page restored from the back/forward cache shows what was true when it was left: it was on its way to the sign-in
 * page, or its person has signed out since. It reloads, and shows nothing until then.
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
