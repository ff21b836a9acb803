import { createContext, use, useEffect } from 'react'

const APP = 'Conclave'

/** What stands before every title, such as how much is unread. */
export const TitlePrefix = createContext('')

/** The tab's title while the component is mounted; reset when it is unmounted. */
export function usePageTitle(title: string | undefined): void {
  const prefix = use(TitlePrefix)
  useEffect(() => {
    document.title = prefix + (title === undefined ? APP : `${title} · ${APP}`)
    return () => {
      document.title = APP
    }
  }, [prefix, title])
}
