import { Menu } from '@base-ui/react/menu'
import { Check, Languages } from 'lucide-react'
import { useEffect, type RefObject } from 'react'
import { useKept } from '../../session/session.ts'
import { MENU_ITEM } from '../../ui/menu-look.ts'
import { chooseLanguage, chosenLanguage, LANGUAGES } from '../../words/chosen-language.ts'
import * as words from '../../words/en/my-menu.en.ts'
import { t } from '../../words/say.ts'

const AS_BROWSER = 'as-browser'

/** The name in what the tab keeps while the page is loaded again in another language. */
const CHOOSING = 'language-chosen'

/** The language of this browser. The page is loaded again in the one that is chosen; what was written stays. */
export function LanguageChoices() {
  const { tab } = useKept()
  return (
    <Menu.RadioGroup
      value={chosenLanguage() ?? AS_BROWSER}
      onValueChange={(language: string) => {
        tab.write(CHOOSING, language)
        chooseLanguage(language === AS_BROWSER ? undefined : language)
      }}
    >
      <Menu.GroupLabel className="flex items-center gap-3 px-3 pt-1.5 text-small text-soft">
        <Languages className="size-4" aria-hidden="true" />
        {t(words.language)}
      </Menu.GroupLabel>
      <Choice language={AS_BROWSER} name={t(words.asBrowser)} />
      {Object.entries(LANGUAGES).map(([language, name]) => (
        <Choice key={language} language={language} name={name} lang={language} />
      ))}
    </Menu.RadioGroup>
  )
}

/** Gives the focus back to the button of the menu, once the page is there again in the chosen language. */
export function useFocusAfterLanguage(menu: RefObject<HTMLElement | null>): void {
  const { tab } = useKept()
  useEffect(() => {
    if (tab.read(CHOOSING) === undefined) return
    tab.remove(CHOOSING)
    // Somebody may have begun to write meanwhile.
    if (document.activeElement === document.body) menu.current?.focus({ focusVisible: true })
  }, [tab, menu])
}

function Choice(props: { language: string; name: string; lang?: string }) {
  const { language, name, lang } = props
  return (
    <Menu.RadioItem value={language} label={name} closeOnClick className={MENU_ITEM}>
      <span lang={lang} className="flex-1 ps-7">
        {name}
      </span>
      <Menu.RadioItemIndicator>
        <Check className="size-4 text-brass" aria-hidden="true" />
      </Menu.RadioItemIndicator>
    </Menu.RadioItem>
  )
}
