import type { ConnectionState } from '../realtime/connection-state.ts'
import { useConnection } from '../realtime/RealtimeProvider.tsx'
import { useLate } from '../ui/use-late.ts'

const BLIP_MS = 5000
const OFFLINE = 'Offline - messages will go out when you are back'

/** Quiet while all is well. Shorter interruptions than a blip are nobody's business. */
export function ConnectionStatus() {
  const { state } = useConnection()
  const shown = useShownKind(state)
  return (
    <output className="flex shrink-0 items-center gap-2 text-small text-soft" title={LABELS[shown]}>
      <span
        aria-hidden="true"
        className={`size-2 rounded-full ${shown === 'live' ? 'bg-available' : 'breathe border-2 border-away'}`}
      />
      <span className={shown === 'catching-up' ? 'max-wide:sr-only' : 'sr-only'}>
        {LABELS[shown]}
      </span>
    </output>
  )
}

/** Its place is kept below the header only while there is something to say. */
export function OfflineBanner() {
  const { state } = useConnection()
  const isLate = useLate(state.kind === 'offline', BLIP_MS)
  if (!isLate) return null
  return (
    <p className="appear shrink-0 border-b border-line bg-sunken px-5 py-2 text-small max-wide:px-4">
      {OFFLINE}
    </p>
  )
}

type Shown = 'live' | 'catching-up' | 'connecting' | 'offline'

const LABELS: Record<Shown, string> = {
  live: 'Live',
  connecting: 'Connecting…',
  'catching-up': 'Catching up…',
  offline: OFFLINE,
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
