import type { LucideIcon } from 'lucide-react'
import { use, type ComponentProps } from 'react'
import { PILL } from '../../ui/pill-look.ts'
import { ActionNameContext } from './action-name.ts'

type Props = Omit<ComponentProps<'button'>, 'children' | 'className'> & {
  label: string
  icon: LucideIcon
  /** Where fingers are, it is there without a tap on the message. */
  isKept?: boolean
}

/**
 * The look of everything that can be done with a message: seen while the message has the pointer or the focus, below the line
 * at the top of the view (TopLine.tsx) where the message begins above that.
 */
export function ActionButton({ label, icon: Icon, isKept = false, ...button }: Props) {
  const action = use(ActionNameContext)
  return (
    <button
      type="button"
      aria-label={label}
      data-action={action?.name}
      aria-keyshortcuts={action?.key === '+' ? 'Plus' : action?.key}
      className={`${PILL} pointer-events-auto sticky top-8 text-soft opacity-0 transition-opacity duration-150 group-hover:opacity-100 group-focus-visible:opacity-100 group-has-focus-visible:opacity-100 hover:text-ink aria-expanded:opacity-100 touch:opacity-100 ${isKept ? '' : ONCE_TAPPED}`}
      {...button}
    >
      <Icon className="size-4" aria-hidden="true" />
    </button>
  )
}

/** On touch, where nothing hovers. */
const ONCE_TAPPED =
  'touch:hidden touch:group-focus-within:inline-flex touch:group-has-aria-expanded:inline-flex'
