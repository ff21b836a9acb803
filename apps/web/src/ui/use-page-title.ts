import { createContext, use, useEffect } from 'react'
import { pageTitle } from '../words/en/common.en.ts'
import { t } from '../words/say.ts'

const APP = 'Conclave'

/** What stands before every title, such as how much is unread. */
export const TitlePrefix = createContext('')

/** The tab's title while the component is mounted; reset when it is unmounted. */
export function usePageTitle(title: string | undefined): void {
  const prefix = use(TitlePrefix)
  useEffect(() => {
    document.title = prefix + (title === undefined ? APP : t(pageTitle, { page: title }))
    return () => {
      document.title = APP
    }
  }, [prefix, title])
}
