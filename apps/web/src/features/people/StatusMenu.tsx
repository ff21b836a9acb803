import { Menu } from '@base-ui/react/menu'
import { STATUSES, type Me, type Status } from '@conclave/shared/people'
import { Check, LogOut, RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { isolated } from '../../ui/isolated.ts'
import { SUMMARY_LOOK, StatusSummary } from './StatusSummary.tsx'
import { STANDING_NAMES } from './person-standing.ts'
import { StatusDot } from './StatusDot.tsx'

const STATUS_RULES: Record<Status, string> = {
  available: "each room's setting applies",
  busy: 'only mentions and replies notify',
  away: 'nothing notifies',
}

const ITEM =
  'flex min-h-9 touch:min-h-11 items-center gap-3 rounded-control px-3 py-1.5 outline-none select-none data-highlighted:bg-hover forced-colors:data-highlighted:outline-2'

/** My name and status, and behind them everything that is about me. */
export function StatusMenu(props: {
  me: Me
  onStatus: (status: Status) => void
  onRefresh: () => void
  onSignOut: () => void
}) {
  const { me } = props
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        aria-label={`${isolated(me.name)}, ${STANDING_NAMES[me.status]}`}
        className={SUMMARY_LOOK}
      >
        <StatusSummary me={me} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner side="top" align="start" sideOffset={8} className="z-10 outline-none">
          <Menu.Popup className="w-(--anchor-width) min-w-72 origin-(--transform-origin) rounded-control border border-line bg-raised p-1 shadow-float transition-[transform,opacity] duration-150 ease-calm outline-none [--behind:var(--paper-raised)] data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0">
            <ActionItem label="Refresh" icon={<RefreshCw />} onClick={props.onRefresh} />
            <Menu.Separator className="mx-3 my-1 h-px bg-line" />
            <Menu.RadioGroup
              aria-label="Status"
              value={me.status}
              onValueChange={(status: Status) => props.onStatus(status)}
            >
              {STATUSES.map((status) => (
                <StatusItem key={status} status={status} />
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className="mx-3 my-1 h-px bg-line" />
            <ActionItem label="Sign Out" icon={<LogOut />} onClick={props.onSignOut} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

function StatusItem({ status }: { status: Status }) {
  const ruleId = `status-rule-${status}`
  return (
    <Menu.RadioItem
      value={status}
      label={STANDING_NAMES[status]}
      aria-label={STANDING_NAMES[status]}
      aria-describedby={ruleId}
      closeOnClick
      className={ITEM}
    >
      <span className="flex size-4 items-center justify-center">
        <StatusDot status={status} />
      </span>
      <span className="grid flex-1">
        <span>{STANDING_NAMES[status]}</span>
        <span id={ruleId} className="text-small text-soft first-letter:uppercase">
          {STATUS_RULES[status]}
        </span>
      </span>
      <Menu.RadioItemIndicator>
        <Check className="size-4 text-brass" aria-hidden="true" />
      </Menu.RadioItemIndicator>
    </Menu.RadioItem>
  )
}

function ActionItem(props: { label: string; icon: ReactNode; onClick: () => void }) {
  return (
    <Menu.Item className={ITEM} onClick={props.onClick}>
      <span aria-hidden="true" className="text-soft *:size-4">
        {props.icon}
      </span>
      {props.label}
    </Menu.Item>
  )
}
