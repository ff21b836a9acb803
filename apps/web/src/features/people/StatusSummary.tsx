import type { Me } from '@conclave/shared/people'
import { ChevronsUpDown } from 'lucide-react'
import { PersonAvatar } from './PersonAvatar.tsx'
import { STANDING_NAMES } from './person-standing.ts'
import { t } from '../../words/say.ts'

export const SUMMARY_LOOK =
  'flex min-h-13 w-full items-center gap-3 rounded-control px-2 text-start [--behind:var(--paper-sunken)] hover:bg-hover data-popup-open:bg-selected'

/** My name and status, as the menu's button shows them before and after the menu is loaded. */
export function StatusSummary({ me }: { me: Me }) {
  return (
    <>
      {/* To myself I am always online; the connection status shows whether others see it. */}
      <PersonAvatar person={{ ...me, online: true }} />
      <span className="grid min-w-0 flex-1">
        {/* The space keeps the two from being read as one word. */}
        <bdi className="written-line font-medium">{me.name}</bdi>{' '}
        <span className="text-small text-soft">{t(STANDING_NAMES[me.status])}</span>
      </span>
      <ChevronsUpDown className="size-4 text-soft" aria-hidden="true" />
    </>
  )
}
