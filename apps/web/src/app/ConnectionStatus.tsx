import type { ConnectionState } from '@conclave/client/connection/connection-state'
import { useConnection } from '../realtime/RealtimeProvider.tsx'
import { Button } from '../ui/Button.tsx'
import { reload } from './Broken.tsx'

type Kind = ConnectionState['kind']

/**
 * Quiet while all is well, a banner over the top of the messages when nothing comes through: they do not move for it.
 * Shorter interruptions than a blip are nobody's business. `above` what is no conversation it takes a line of its own,
 * and only then.
 */
export function ConnectionStatus({ place = 'over' }: { place?: 'over' | 'above' }) {
  const { state, isDisturbed } = useConnection()
  const isBlip = BANNERS[state.kind] !== undefined && !isDisturbed
  const shown = isBlip ? 'connecting' : state.kind
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

/** Which server is away, and what that means for what is written and read. */
const BANNERS: Partial<Record<Kind, string>> = {
  offline: 'Offline - messages will go out when you are back',
  'api-away': 'The server does not answer - messages will go out when it is back',
  'sign-in-away': 'The sign-in service does not answer - messages will go out when it is back',
  polling: 'No live connection here - new messages are fetched every so often',
  outdated: 'There is a newer version of Conclave',
  lost: 'A part of Conclave did not load - new messages come only after a reload',
}

const DOTS: Partial<Record<Kind, string>> = {
  live: 'bg-available',
  'catching-up': 'breathe border-2 border-brass',
}

const IS_SAID: Partial<Record<Kind, boolean>> = { 'catching-up': true }
