import { Menu } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { MENU_ITEM } from './menu-look.ts'

/** One choice in a `Menu.RadioGroup`, with an explanation below its name. */
export function MenuChoice(props: {
  value: string
  name: string
  rule: string
  icon?: ReactNode
  disabled?: boolean
}) {
  const { value, name, rule, icon, disabled = false } = props
  const ruleId = useId()
  return (
    <Menu.RadioItem
      value={value}
      label={name}
      aria-label={name}
      aria-describedby={ruleId}
      disabled={disabled}
      closeOnClick
      className={MENU_ITEM}
    >
      {icon}
      <span className="grid flex-1">
        <span>{name}</span>
        <span id={ruleId} className="text-small text-soft first-letter:uppercase">
          {rule}
        </span>
      </span>
      <Menu.RadioItemIndicator>
        <Check className="size-4 text-brass" aria-hidden="true" />
      </Menu.RadioItemIndicator>
    </Menu.RadioItem>
  )
}
