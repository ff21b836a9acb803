import { useEffect } from 'react'

const APP = 'Conclave'

/** The tab's title while the component is mounted; reset when it is unmounted. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title === undefined ? APP : `${title} · ${APP}`
    return () => {
      document.title = APP
    }
  }, [title])
}
