import type { Place } from '@conclave/client/history/message-pages'
import { useCallback, useState } from 'react'
import { NavigationType, useLocation, useNavigationType, useParams } from 'react-router'
import type { Visit } from './message-rows.ts'

/** Where the list goes, each time `nth` is another number. */
export interface Destination {
  nth: number
  /** What has to be loaded for it. */
  place: Place
  /** A number: the message is this many pixels below the upper edge, where it was when its reader left. */
  show: 'unread' | 'link' | 'end' | number
}

/** Where the reader was on each page of this browser's history, by its key in the router. */
export type PlacesLeft = Map<string, Pick<Destination, 'place' | 'show'>>

/** The seq in an address, or undefined if it is none. */
export function seqIn(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
}

/**
 * Where the conversation goes: to the message in its address, else to the first unread one, else to the end. Back and forward
 * lead to where the reader was.
 */
export function useDestination(visit: Visit): {
  destination: Destination
  go: (to: Pick<Destination, 'place' | 'show'>) => void
  places: PlacesLeft
  /** The key of this page in the browser's history. */
  pageKey: string
} {
  const { key } = useLocation()
  const seq = seqIn(useParams()['seq'])
  const isBack = useNavigationType() === NavigationType.Pop
  const [places] = useState<PlacesLeft>(() => new Map())
  const [now, setNow] = useState(() => ({
    key,
    seq,
    destination: { nth: 0, ...firstFor(seq, visit) },
  }))
  if (now.key !== key) {
    // A panel beside the conversation has an address of its own, and moves nothing.
    const isElsewhere = now.seq !== undefined || seq !== undefined
    const to = (isBack ? places.get(key) : undefined) ?? firstFor(seq, visit)
    const destination = isElsewhere ? { nth: now.destination.nth + 1, ...to } : now.destination
    setNow({ key, seq, destination })
  }
  const go = useCallback(
    (to: Pick<Destination, 'place' | 'show'>) =>
      setNow((before) => ({ ...before, destination: { nth: before.destination.nth + 1, ...to } })),
    [],
  )
  return { destination: now.destination, go, places, pageKey: key }
}

function firstFor(
  seq: number | undefined,
  { readSeq, lastSeq }: Visit,
): Pick<Destination, 'place' | 'show'> {
  if (seq !== undefined) return { place: { seq }, show: 'link' }
  if (lastSeq > readSeq) return { place: { seq: readSeq + 1 }, show: 'unread' }
  return { place: 'end', show: 'end' }
}
