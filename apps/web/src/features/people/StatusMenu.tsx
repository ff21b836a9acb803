import { Menu } from '@base-ui/react/menu'
import { STATUSES, type Me, type Status } from '@conclave/shared/people'
import { CheckCheck, LogOut, MonitorSmartphone, RefreshCw, Settings2, Users } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { MENU_ITEM, MENU_POPUP } from '../../ui/menu-look.ts'
import { MenuChoice } from '../../ui/MenuChoice.tsx'
import { useKept } from '../../session/session.ts'
import { markAllRead as markAllReadWord } from '../../words/en/reads.en.ts'
import { countWaiting } from '../messages/waiting.ts'
import { useMarkAllRead } from '../rooms/use-mark-all-read.tsx'
import { SignOutDialog } from '../sessions/SignOutDialog.tsx'
import { LanguageChoices, useFocusAfterLanguage } from './LanguageChoices.tsx'
import { SendKeyChoice } from './SendKeyChoice.tsx'
import { SUMMARY_LOOK, StatusSummary } from './StatusSummary.tsx'
import { STANDING_NAMES } from './person-standing.ts'
import { StatusDot } from './StatusDot.tsx'
import * as words from '../../words/en/my-menu.en.ts'
import { withStanding } from '../../words/en/people.en.ts'
import { whereSignedIn } from '../../words/en/sessions.en.ts'
import { people } from '../../words/en/team.en.ts'
import { t } from '../../words/say.ts'
import type { Word } from '../../words/word.ts'

const STATUS_RULES: Record<Status, Word> = {
  available: words.availableRule,
  busy: words.busyRule,
  away: words.awayRule,
}

interface PlacesProps {
  me: Me
  peoplePath: string
  sessionsPath: string
  workspacePath: string
}

interface Props extends PlacesProps {
  onStatus: (status: Status) => void
  onRefresh: () => void
  onSignOut: () => void
}

/** A button with my name and status; it opens the menu of everything that is about me. */
export function StatusMenu(props: Props) {
  const { me } = props
  const { browser } = useKept()
  const [unsent, setUnsent] = useState(0)
  const trigger = useRef<HTMLButtonElement>(null)
  const { markAllRead, toast } = useMarkAllRead(trigger)
  useFocusAfterLanguage(trigger)

  function signOut(): void {
    const count = countWaiting(browser)
    if (count === 0) props.onSignOut()
    else setUnsent(count)
  }

  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        ref={trigger}
        aria-label={t(withStanding, { person: me.name, standing: t(STANDING_NAMES[me.status]) })}
        className={SUMMARY_LOOK}
      >
        <StatusSummary me={me} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner side="top" align="start" sideOffset={8} className="z-10 outline-none">
          <Menu.Popup
            className={`max-h-(--available-height) w-(--anchor-width) min-w-72 overflow-y-auto ${MENU_POPUP}`}
          >
            <ActionItem label={t(words.refresh)} icon={<RefreshCw />} onClick={props.onRefresh} />
            <ActionItem label={t(markAllReadWord)} icon={<CheckCheck />} onClick={markAllRead} />
            <Menu.Separator className="mx-3 my-1 h-px bg-line" />
            <StatusChoices current={me.status} onStatus={props.onStatus} />
            <Menu.Separator className="mx-3 my-1 h-px bg-line" />
            <Places {...props} />
            <Menu.Separator className="mx-3 my-1 h-px bg-line" />
            <SendKeyChoice />
            <LanguageChoices />
            <Menu.Separator className="mx-3 my-1 h-px bg-line" />
            <ActionItem label={t(words.signOutEntry)} icon={<LogOut />} onClick={signOut} />
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

function Places({ me, peoplePath, sessionsPath, workspacePath }: PlacesProps) {
  return (
    <>
      <PlaceItem label={t(people)} icon={<Users />} to={peoplePath} />
      {me.role !== 'member' && (
        <PlaceItem label={t(words.workspaceSettings)} icon={<Settings2 />} to={workspacePath} />
      )}
      <PlaceItem label={t(whereSignedIn)} icon={<MonitorSmartphone />} to={sessionsPath} />
    </>
  )
}

function StatusChoices(props: { current: Status; onStatus: (status: Status) => void }) {
  return (
    <Menu.RadioGroup
      aria-label={t(words.status)}
      value={props.current}
      onValueChange={(status: Status) => props.onStatus(status)}
    >
      {STATUSES.map((status) => (
        <MenuChoice
          key={status}
          value={status}
          name={t(STANDING_NAMES[status])}
          rule={t(STATUS_RULES[status])}
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
