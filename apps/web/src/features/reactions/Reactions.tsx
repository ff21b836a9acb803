import { createContext, use, useMemo, useState, type ReactNode } from 'react'
import { useLaterPart } from '../../server/use-later-part.ts'
import { PILL } from '../../ui/pill-look.ts'
import type { Live, ReactionsOf } from './live.ts'
import type { ShownReaction } from './reactions.wishes.ts'
import { numeral } from '../../words/say.ts'

interface Reactions {
  shown: ReadonlyMap<string, readonly ShownReaction[]>
  /** Once it is loaded. */
  live: Live | undefined
}

const loadLive = () => import('./ReactionsLive.tsx')

const NOTHING: Reactions['shown'] = new Map()
const ReactionsContext = createContext<Reactions>({ shown: NOTHING, live: undefined })

/** The reactions of one room's messages; each room mounts its own. */
export function ReactionsProvider({ children, ...of }: ReactionsOf & { children: ReactNode }) {
  const { page, myId } = of
  const [live, setLive] = useState<Live>()
  const part = useLaterPart(loadLive)
  const isLive = live !== undefined
  const early = useMemo(() => {
    if (isLive) return NOTHING
    const rows = page.messages.map(
      ({ id, reactions = [] }) =>
        [id, reactions.map((one) => ({ ...one, mine: one.people.includes(myId) }))] as const,
    )
    return new Map(rows)
  }, [page, myId, isLive])
  const reactions = useMemo<Reactions>(() => ({ shown: live?.shown ?? early, live }), [early, live])
  return (
    <ReactionsContext value={reactions}>
      {children}
      {part && <part.ReactionsLive {...of} onLive={setLive} />}
    </ReactionsContext>
  )
}

/** The reactions of one message, and after them `children`. Until the rest is loaded they cannot be pressed. */
export function ReactionBar(props: { messageId: string; children: ReactNode }) {
  const { messageId, children } = props
  const { shown, live } = use(ReactionsContext)
  const reactions = shown.get(messageId) ?? []
  return (
    <div
      className={reactions.length > 0 ? 'flex flex-wrap gap-1 pt-1 pb-0.5 touch:gap-2' : 'contents'}
    >
      {reactions.map((reaction) => (
        <button
          key={reaction.emoji}
          type="button"
          aria-pressed={reaction.mine}
          aria-disabled={!live}
          className={`${PILL} relative aria-pressed:border-brass aria-pressed:bg-selected`}
          {...live?.chip(messageId, reaction)}
        >
          <span className="font-emoji text-body">{reaction.emoji}</span>
          <span>{numeral(reaction.count)}</span>
          {live && <span className="sr-only">{live.sentenceOf(reaction)}</span>}
        </button>
      ))}
      {children}
    </div>
  )
}

/** What can be done with the reactions of this room, once that is loaded. */
export function useLiveReactions(): Live | undefined {
  return use(ReactionsContext).live
}
