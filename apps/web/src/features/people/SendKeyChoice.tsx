import { Menu } from '@base-ui/react/menu'
import { Check, CornerDownLeft } from 'lucide-react'
import { useId } from 'react'
import { useKept } from '../../session/session.ts'
import { heldKey } from '../../ui/held-key.ts'
import { MENU_ITEM } from '../../ui/menu-look.ts'
import * as words from '../../words/en/my-menu.en.ts'
import { t } from '../../words/say.ts'
import { isTouch } from '../messages/enter-key.ts'
import { chooseSendKey, useChosenSendKey } from '../messages/send-key.ts'

/** Whether Enter sends or begins a line. On touch it begins one anyway, so nothing is to be chosen there. */
export function SendKeyChoice() {
  const { browser } = useKept()
  const key = useChosenSendKey()
  const ruleId = useId()
  if (isTouch()) return null
  const name = t(words.sendWithHeldEnter, { key: t(heldKey()) })
  return (
    <Menu.CheckboxItem
      checked={key === 'ctrl-enter'}
      onCheckedChange={(isChosen) => chooseSendKey(browser, isChosen ? 'ctrl-enter' : 'enter')}
      label={name}
      aria-label={name}
      aria-describedby={ruleId}
      closeOnClick
      className={MENU_ITEM}
    >
      <CornerDownLeft className="size-4 text-soft rtl:-scale-x-100" aria-hidden="true" />
      <span className="grid min-w-0 flex-1">
        <span>{name}</span>
        <span id={ruleId} className="text-small text-soft">
          {t(words.enterBreaks)}
        </span>
      </span>
      <Menu.CheckboxItemIndicator>
        <Check className="size-4 text-brass" aria-hidden="true" />
      </Menu.CheckboxItemIndicator>
    </Menu.CheckboxItem>
  )
}
