/** What people can choose, each by the name that its speakers give it. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const

/** Public/start.js reads it before anything is shown, in the storage of the tab and in that of the browser. */
const KEY = 'conclave.language'

/** The language that somebody chose in this browser; undefined when it follows the browser. */
export function chosenLanguage(): string | undefined {
  return localStorage.getItem(KEY) ?? undefined
}

/** Keeps it for this browser, whoever signs in, and shows the page in it. */
export function chooseLanguage(language: string | undefined): void {
  if (language === undefined) localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, language)
  sessionStorage.removeItem(KEY)
  const page = new URL(location.href)
  page.searchParams.delete('lang')
  if (page.href === location.href) location.reload()
  else location.replace(page)
}
