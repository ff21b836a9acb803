import { Menu } from '@base-ui/react/menu'
import { STATUSES, type Me, type Status } from '@conclave/shared/people'
import { CheckCheck, LogOut, MonitorSmartphone, RefreshCw, Users } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { isolated } from '../../ui/isolated.ts'
import { MENU_ITEM, MENU_POPUP } from '../../ui/menu-look.ts'
import { MenuChoice } from '../../ui/MenuChoice.tsx'
import { useKept } from '../../session/session.ts'
import { markAllRead as markAllReadWord } from '../../words/en/reads.en.ts'
import { t } from '../../words/say.ts'
import { countWaiting } from '../messages/waiting.ts'
import { useMarkAllRead } from '../rooms/use-mark-all-read.tsx'
import { SignOutDialog } from '../sessions/SignOutDialog.tsx'
import { SUMMARY_LOOK, StatusSummary } from './StatusSummary.tsx'
import { STANDING_NAMES } from './person-standing.ts'
import { StatusDot } from './StatusDot.tsx'

const STATUS_RULES: Record<Status, string> = {
  available: "each room's setting applies",
  busy: 'only mentions and replies notify',
  away: 'nothing notifies',
}

/** A button with my name and status; it opens the menu of everything that is about me. */
export function StatusMenu(props: {
  me: Me
  peoplePath: string
  sessionsPath: string
  onStatus: (status: Status) => void
  onRefresh: () => void
  onSignOut: () => void
}) {
  const { me } = props
  const { browser } = useKept()
  const [unsent, setUnsent] = useState(0)
  const { markAllRead, toast } = useMarkAllRead()
  const trigger = useRef<HTMLButtonElement>(null)

  function signOut(): void {
    const count = countWaiting(browser)
    if (count === 0) props.onSignOut()
    else setUnsent(count)
  }

  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        ref={trigger}
        aria-label={`${isolated(me.name)}, ${STANDING_NAMES[me.status]}`}
        className={SUMMARY_LOOK}
      >
        <StatusSummary me={me} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner side="top" align="start" sideOffset={8} className="z-10 outline-none">
          <Menu.Popup className={`w-(--anchor-width) min-w-72 ${MENU_POPUP}`}>
            <ActionItem label="Refresh" icon={<RefreshCw />} onClick={props.onRefresh} />
            <ActionItem label={t(markAllReadWord)} icon={<CheckCheck />} onClick={markAllRead} />
            <Menu.Separator className="mx-3 my-1 h-px bg-line" />
            <StatusChoices current={me.status} onStatus={props.onStatus} />
            <Menu.Separator className="mx-3 my-1 h-px bg-line" />
            <PlaceItem label="People" icon={<Users />} to={props.peoplePath} />
            <PlaceItem
              label="Where you are signed in"
              icon={<MonitorSmartphone />}
              to={props.sessionsPath}
            />
            <Menu.Separator className="mx-3 my-1 h-px bg-line" />
            <ActionItem label="Sign Out" icon={<LogOut />} onClick={signOut} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
      {toast}
      {unsent > 0 && (
        <SignOutDialog
          unsent={unsent}
          onClosed={() => setUnsent(0)}
          focusAfter={() => trigger.current}
        />
      )}
    </Menu.Root>
  )
}

function StatusChoices(props: { current: Status; onStatus: (status: Status) => void }) {
  return (
    <Menu.RadioGroup
      aria-label="Status"
      value={props.current}
      onValueChange={(status: Status) => props.onStatus(status)}
    >
      {STATUSES.map((status) => (
        <MenuChoice
          key={status}
          value={status}
          name={STANDING_NAMES[status]}
          rule={STATUS_RULES[status]}
          icon={
            <span className="flex size-4 items-center justify-center">
              <StatusDot status={status} />
            </span>
          }
        />
      ))}
    </Menu.RadioGroup>
  )
}

function ActionItem(props: { label: string; icon: ReactNode; onClick: () => void }) {
  return (
    <Menu.Item className={MENU_ITEM} onClick={props.onClick}>
      <span aria-hidden="true" className="text-soft *:size-4">
        {props.icon}
      </span>
      {props.label}
    </Menu.Item>
  )
}

function PlaceItem(props: { label: string; icon: ReactNode; to: string }) {
  return (
    <Menu.LinkItem className={MENU_ITEM} render={<Link to={props.to} />} closeOnClick>
      <span aria-hidden="true" className="text-soft *:size-4">
        {props.icon}
      </span>
      {props.label}
    </Menu.LinkItem>
  )
}
