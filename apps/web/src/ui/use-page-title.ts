import { useEffect } from 'react'
import { pageTitle } from '../words/en/common.en.ts'
import { t } from '../words/say.ts'

const APP = 'Conclave'

/** The tab's title while the component is mounted; reset when it is unmounted. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title === undefined ? APP : t(pageTitle, { page: title })
    return () => {
      document.title = APP
    }
  }, [title])
}
