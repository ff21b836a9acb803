import { createContext, use, useMemo, useState, type ReactNode } from 'react'
import { useLaterPart } from '../../server/use-later-part.ts'
import type { AddReaction, Live, ReactionsLive, ReactionsOf } from './ReactionsLive.tsx'
import type { ShownReaction } from './reactions.wishes.ts'

interface Part {
  ReactionsLive: typeof ReactionsLive
  AddReaction: typeof AddReaction
}

interface Reactions {
  shown: ReadonlyMap<string, readonly ShownReaction[]>
  /** Once it is loaded. */
  live: { part: Part; live: Live } | undefined
}

/** A small pill; a finger has more room than it shows. */
const CHIP =
  'inline-flex h-7 min-w-9 items-center justify-center gap-1.5 rounded-full border border-line bg-paper px-2 text-small tabular-nums hover:border-line-strong aria-disabled:cursor-default touch:h-9 touch:min-w-11 touch:after:absolute touch:after:-inset-1'

const loadLive = () => import('./ReactionsLive.tsx')

const ReactionsContext = createContext<Reactions>({ shown: new Map(), live: undefined })

/** What the messages of one room show below them; mounted anew for each room. */
export function ReactionsProvider({ children, ...of }: ReactionsOf & { children: ReactNode }) {
  const { page, myId } = of
  const [live, setLive] = useState<Live>()
  const part = useLaterPart<Part>(loadLive)
  const reactions = useMemo<Reactions>(() => {
    if (part && live) return { shown: live.shown, live: { part, live } }
    const rows = page.messages.flatMap(({ id, reactions = [] }) => [
      [id, reactions.map((one) => ({ ...one, mine: one.people.includes(myId) }))] as const,
    ])
    return { shown: new Map(rows), live: undefined }
  }, [page, myId, part, live])
  return (
    <ReactionsContext value={reactions}>
      {children}
      {part && <part.ReactionsLive {...of} onLive={setLive} />}
    </ReactionsContext>
  )
}

/** The reactions of one message. Until the rest is loaded they only show, in the place where they stay. */
export function ReactionBar({ messageId }: { messageId: string }) {
  const { shown, live } = use(ReactionsContext)
  const reactions = shown.get(messageId) ?? []
  return (
    <div className={reactions.length > 0 ? 'flex flex-wrap gap-1 pt-1 pb-0.5 touch:gap-2' : ''}>
      {reactions.map((reaction) => (
        <button
          key={reaction.emoji}
          type="button"
          aria-pressed={reaction.mine}
          aria-disabled={!live}
          className={`${CHIP} relative aria-pressed:border-brass aria-pressed:bg-selected`}
          {...live?.live.chip(messageId, reaction)}
        >
          <span className="font-emoji text-body">{reaction.emoji}</span>
          <span>{reaction.count.toLocaleString('en')}</span>
          {live && <span className="sr-only">{live.live.sentenceOf(reaction)}</span>}
        </button>
      ))}
      {live && <live.part.AddReaction live={live.live} messageId={messageId} look={CHIP} />}
    </div>
  )
}
