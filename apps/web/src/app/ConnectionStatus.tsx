import { holdsMessages, type ConnectionState } from '@conclave/client/connection/connection-state'
import { useConnection } from '../realtime/RealtimeProvider.tsx'
import { useVersionState } from '../server/version.ts'
import { Button } from '../ui/Button.tsx'
import { reload } from './Broken.tsx'
import { reload as reloadPage } from '../words/en/common.en.ts'
import * as words from '../words/en/connection.en.ts'
import { t } from '../words/say.ts'
import type { Word } from '../words/word.ts'

type Kind = ConnectionState['kind'] | 'mismatched'

/**
 * A dot in the header of a room while all is well, with words while it catches up; nothing while there is a banner. Once
 * it is known that something is away, it is not green any more, also before there are words for it.
 */
export function ConnectionDot() {
  const shown = useShown()
  const isUnsure = BANNERS[useConnection().state.kind] !== undefined
  const label = BANNERS[shown] === undefined ? t(LABELS[shown] ?? words.connecting) : ''
  return (
    <output
      title={label}
      className={label === '' ? 'sr-only' : 'flex shrink-0 items-center gap-2 text-small text-soft'}
    >
      {label !== '' && (
        <>
          <span
            aria-hidden="true"
            className={`size-2 shrink-0 rounded-full ${(!isUnsure && DOTS[shown]) || 'breathe border-2 border-away'}`}
          />
          <span className={IS_SAID[shown] ? '' : 'sr-only'}>{label}</span>
        </>
      )}
    </output>
  )
}

/**
 * A line above the page while something is away; it covers nothing. Interruptions under BLIP_MS (RealtimeProvider) are
 * not shown. Otherwise only screen readers get the state here, unless there is a dot that has it.
 */
export function ConnectionBanner({ besideDot = false }: { besideDot?: boolean }) {
  const shown = useShown()
  const banner = BANNERS[shown]
  const quiet = besideDot ? '' : t(LABELS[shown] ?? words.connecting)
  if (banner === undefined) return <output className="sr-only">{quiet}</output>
  return (
    <output className="appear flex shrink-0 items-center gap-2 border-b border-line bg-sunken px-5 py-2 text-small max-wide:px-4">
      <span aria-hidden="true" className="size-2 shrink-0 rounded-full border-2 border-away" />
      <span>{t(banner)}</span>
      {(shown === 'outdated' || shown === 'lost') && (
        <Button look="quiet" onClick={reload}>
          {t(reloadPage)}
        </Button>
      )}
    </output>
  )
}

/** What is said of the connection, or of the page's version. */
function useShown(): Kind {
  const { shown } = useConnection()
  const version = useVersionState()
  // No reload helps before the server is back.
  return version === 'fits' || holdsMessages(shown) ? shown : version
}

const LABELS: Partial<Record<Kind, Word>> = {
  live: words.live,
  'catching-up': words.catchingUp,
}

/** What is away, and what that means for sending and receiving. */
const BANNERS: Partial<Record<Kind, Word>> = {
  offline: words.offline,
  'api-away': words.apiAway,
  'sign-in-away': words.signInAway,
  polling: words.polling,
  outdated: words.outdated,
  mismatched: words.mismatched,
  lost: words.lost,
}

const DOTS: Partial<Record<Kind, string>> = {
  live: 'bg-available',
  'catching-up': 'breathe border-2 border-brass',
}

const IS_SAID: Partial<Record<Kind, boolean>> = { 'catching-up': true }
