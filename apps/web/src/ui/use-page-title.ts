import { useEffect } from 'react'

const APP = 'Conclave'

/** What the tab is called while this is shown. Whatever is shown next, the title of this goes with it. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title === undefined ? APP : `${title} · ${APP}`
    return () => {
      document.title = APP
    }
  }, [title])
}
