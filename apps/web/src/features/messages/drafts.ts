import { useCallback, useMemo, useSyncExternalStore, type RefObject } from 'react'
import type { Kept, KeptPlaces } from '../../session/kept.ts'
import { useKept } from '../../session/session.ts'

const PREFIX = 'draft/'

/** What I have written in a room and not sent. */
export interface Draft {
  text: string
  /** The message that it answers. */
  replyTo?: string | undefined
}

/** My draft in one room, as this page shows it. */
export interface RoomDraft {
  now: () => Draft
  change: (change: (draft: Draft) => Draft) => void
  /** Follows what other pages of mine do with it; calls back after every change. Returns what stops it. */
  watch: (listener: () => void) => () => void
}

/** My draft in a room; survives changing rooms, reloading and signing in again, in all tabs of this browser. */
export function useDraft(
  roomId: string,
  field: RefObject<HTMLTextAreaElement | null>,
): [Draft, RoomDraft['change']] {
  const places = useKept()
  const draft = useMemo(
    () =>
      roomDraft(
        places,
        roomId,
        () => document.hasFocus() && document.activeElement === field.current,
      ),
    [places, roomId, field],
  )
  return [useSyncExternalStore(draft.watch, draft.now), draft.change]
}

/**
 * All my pages write one draft. A page in which I am writing keeps what is in its field, in its own tab, when another one
 * writes something else, so that neither loses anything.
 */
export function roomDraft(
  { tab, browser }: KeptPlaces,
  roomId: string,
  isWriting: () => boolean,
): RoomDraft {
  const name = PREFIX + roomId
  let shared = browser.read(name)
  let draft = draftOf(tab.read(name) ?? shared)
  let isMine = false

  function write(place: Kept): void {
    if (isEmpty(draft)) place.remove(name)
    else place.write(name, JSON.stringify(draft))
  }

  function change(changed: (draft: Draft) => Draft): void {
    draft = changed(draft)
    isMine = true
    const now = browser.read(name)
    const hasOwn = tab.read(name) !== undefined
    // What another page wrote, and this one has not shown, is not replaced.
    if (now !== undefined && (hasOwn || now !== shared)) return write(tab)
    if (hasOwn) tab.remove(name)
    write(browser)
    shared = browser.read(name)
  }

  /** Another page has changed the draft. */
  function follow(now: string | undefined): void {
    const theirs = draftOf(now)
    shared = now
    if (tab.read(name) !== undefined || isSame(theirs, draft)) return
    if (isMine && isWriting() && !isEmpty(draft) && !isEmpty(theirs)) return write(tab)
    draft = theirs
    isMine = false
  }

  function watch(listener: () => void): () => void {
    const stops = [tab, browser].map((place) =>
      place.watch(({ name: changed, text, replaced }) => {
        if (changed !== name) return
        const isElsewhere = replaced !== undefined
        // Something that this page has replaced meanwhile was sent or cleared.
        if (isElsewhere && text === undefined && replaced !== shared) return
        if (isElsewhere) follow(text)
        listener()
      }),
    )
    // Before somebody watched, nobody was told.
    if (browser.read(name) !== shared) follow(browser.read(name))
    return () => {
      for (const stop of stops) stop()
    }
  }

  return { now: () => draft, change, watch }
}

/** Whether I have a draft in a room, in this tab or in all of them. */
export function useHasDraft(roomId: string): boolean {
  const { tab, browser } = useKept()
  const name = PREFIX + roomId
  const watch = useCallback(
    (listener: () => void) => {
      const stops = [tab.watch(listener), browser.watch(listener)]
      return () => {
        for (const stop of stops) stop()
      }
    },
    [tab, browser],
  )
  return useSyncExternalStore(watch, () => (tab.read(name) ?? browser.read(name)) !== undefined)
}

/** Drops the drafts in rooms that are not mine, including those from before this page was loaded. */
export function forgetDrafts(place: Kept, isMine: (roomId: string) => boolean): void {
  for (const name of place.names(PREFIX)) if (!isMine(name.slice(PREFIX.length))) place.remove(name)
}

function isEmpty({ text, replyTo }: Draft): boolean {
  return text === '' && replyTo === undefined
}

function isSame(one: Draft, other: Draft): boolean {
  return one.text === other.text && one.replyTo === other.replyTo
}

/** What a release before this one has kept is the text itself. */
function draftOf(kept = ''): Draft {
  try {
    const draft = JSON.parse(kept) as Partial<Draft> | null
    const isDraft =
      typeof draft?.text === 'string' && ['string', 'undefined'].includes(typeof draft.replyTo)
    if (isDraft) return draft as Draft
  } catch {
    // It is not JSON.
  }
  return { text: kept }
}
