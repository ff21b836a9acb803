const ASK_WITHIN_MS = 10_000
const SCRIPT = /<script type="module"[^>]*? src="([^"]+)"/g

/** Which build the web's server has, by the names of its scripts: none that could be read, this page's, or another. */
export type ServedBuild = { is: 'away' } | { is: 'this' } | { is: 'another'; build: string }

/** The page names the scripts of the version that is on the server now. */
export async function servedBuild(): Promise<ServedBuild> {
  try {
    const signal = AbortSignal.timeout(ASK_WITHIN_MS)
    const answer = await fetch('/', { cache: 'no-store', signal })
    const page = await answer.text()
    const build = [...page.matchAll(SCRIPT)].map(([, source]) => source).join(' ')
    // A proxy's own page has no such script.
    if (!answer.ok || build === '') return { is: 'away' }
    const mine = [...document.querySelectorAll<HTMLScriptElement>('script[type=module][src]')]
    return mine.every(({ src }) => page.includes(new URL(src).pathname))
      ? { is: 'this' }
      : { is: 'another', build }
  } catch {
    return { is: 'away' }
  }
}
