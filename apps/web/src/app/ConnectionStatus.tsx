import type { ConnectionState } from '@conclave/client/connection/connection-state'
import { useConnection } from '../realtime/RealtimeProvider.tsx'
import { useVersionState } from '../server/version.ts'
import { Button } from '../ui/Button.tsx'
import { reload } from './Broken.tsx'

type Kind = ConnectionState['kind'] | 'mismatched'

/**
 * Quiet while all is well. When nothing comes through, it becomes a banner over the top of the messages, which do not
 * move. Interruptions under BLIP_MS (RealtimeProvider) are not shown. With `above`, for pages without a conversation,
 * it takes a line, and only while there is a banner.
 */
export function ConnectionStatus({ place = 'over' }: { place?: 'over' | 'above' }) {
  const { state, isDisturbed } = useConnection()
  const version = useVersionState()
  const isBlip = BANNERS[state.kind] !== undefined && !isDisturbed
  const connection = isBlip ? 'connecting' : state.kind
  // No reload helps before the server is back.
  const shown = version === 'fits' || IS_AWAY[connection] ? connection : version
  const banner = BANNERS[shown]
  const isOver = place === 'over'
  const label = banner ?? LABELS[shown] ?? 'Connecting…'
  return (
    <output
      title={label}
      className={`flex shrink-0 items-center gap-2 text-small ${
        banner !== undefined
          ? `appear border-b border-line bg-sunken px-5 py-2 max-wide:px-4 ${isOver ? 'absolute inset-x-0 top-full z-1' : ''}`
          : isOver
            ? 'text-soft'
            : 'sr-only'
      }`}
    >
      <span
        aria-hidden="true"
        className={`size-2 shrink-0 rounded-full ${DOTS[shown] ?? (banner === undefined ? 'breathe border-2 border-away' : 'border-2 border-away')}`}
      />
      <span className={(banner ?? IS_SAID[shown]) ? '' : 'sr-only'}>{label}</span>
      {(shown === 'outdated' || shown === 'lost') && (
        <Button look="quiet" onClick={reload}>
          Reload
        </Button>
      )}
    </output>
  )
}

const LABELS: Partial<Record<Kind, string>> = {
  live: 'Live',
  'catching-up': 'Catching up…',
}

/** Which server is unavailable, and what that means for sending and receiving. */
const BANNERS: Partial<Record<Kind, string>> = {
  offline: 'Offline - messages will be sent when you are back online',
  'api-away': 'The server is not responding - messages will be sent when it is back',
  'sign-in-away': 'The sign-in service is not responding - messages will be sent when it is back',
  polling: 'No live connection - checking for new messages every so often',
  outdated: 'There is a newer version of Conclave',
  mismatched: 'The server has another version than this page - some things may not work',
  lost: 'Part of Conclave did not load - reload to get new messages',
}

const DOTS: Partial<Record<Kind, string>> = {
  live: 'bg-available',
  'catching-up': 'breathe border-2 border-brass',
}

const IS_AWAY: Partial<Record<Kind, boolean>> = {
  offline: true,
  'api-away': true,
  'sign-in-away': true,
}

const IS_SAID: Partial<Record<Kind, boolean>> = { 'catching-up': true }
