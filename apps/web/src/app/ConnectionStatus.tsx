import type { ConnectionState } from '../realtime/connection-state.ts'
import { useConnection } from '../realtime/RealtimeProvider.tsx'
import { useLate } from '../ui/use-late.ts'

const BLIP_MS = 5000
const OFFLINE = 'Offline - messages will go out when you are back'

/**
 * Quiet while all is well, a banner over the top of the messages when nothing comes through: they do not move for it.
 * Shorter interruptions than a blip are nobody's business.
 */
export function ConnectionStatus() {
  const { state } = useConnection()
  const shown = useShownKind(state)
  return (
    <output
      title={LABELS[shown]}
      className={`flex shrink-0 items-center gap-2 text-small ${
        shown === 'offline'
          ? 'appear absolute inset-x-0 top-full z-1 border-b border-line bg-sunken px-5 py-2 max-wide:px-4'
          : 'text-soft'
      }`}
    >
      <span aria-hidden="true" className={`size-2 shrink-0 rounded-full ${DOTS[shown]}`} />
      <span className={IS_SAID[shown] ? '' : 'sr-only'}>{LABELS[shown]}</span>
    </output>
  )
}

type Shown = 'live' | 'catching-up' | 'connecting' | 'offline'

const LABELS: Record<Shown, string> = {
  live: 'Live',
  connecting: 'Connecting…',
  'catching-up': 'Catching up…',
  offline: OFFLINE,
}

const DOTS: Record<Shown, string> = {
  live: 'bg-available',
  connecting: 'breathe border-2 border-away',
  'catching-up': 'breathe border-2 border-brass',
  offline: 'border-2 border-away',
}

const IS_SAID: Record<Shown, boolean> = {
  live: false,
  connecting: false,
  'catching-up': true,
  offline: true,
}

function useShownKind({ kind }: ConnectionState): Shown {
  const isOffline = useLate(kind === 'offline', BLIP_MS)
  if (isOffline) return 'offline'
  switch (kind) {
    case 'live':
      return 'live'
    case 'catching-up':
      return 'catching-up'
    case 'idle':
    case 'connecting':
    case 'offline':
      return 'connecting'
  }
}
