import { messagesKey } from '@conclave/client/keys/messages.keys'
import type { Message, MessagePage } from '@conclave/shared/messages'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { flushSync } from 'react-dom'
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useKept } from '../../session/session.ts'
import { messageElement } from '../../ui/focus-back.ts'
import { useWorkspace } from '../workspace/workspace.queries.ts'
import { useMe } from '../people/MeProvider.tsx'
import { editDraftsIn } from './edit-drafts.ts'
import type { EditsOf, LiveEdits } from './live-edits.ts'
import { mayEdit, mayRemove } from './message-rights.ts'
import { MessageEditor } from './MessageEditor.tsx'
import { RemoveMessageDialog } from './RemoveMessageDialog.tsx'
import { useRemovedShownSince } from './use-removed-shown-since.ts'
import { VersionsDialog } from './VersionsDialog.tsx'

/** What a dialog is about. */
type Asked = { about: 'removal' | 'versions'; message: Message }

/** Everything that edits and removals do. Loaded after the first view, which only shows what came of them. */
export function EditsLive({ room, list, onLive }: EditsOf & { onLive: (live: LiveEdits) => void }) {
  const queryClient = useQueryClient()
  const rights = useRights(room)
  const edited = useEditing(room.id)
  const { begin } = edited
  const [asked, setAsked] = useState<Asked>()
  const showsVersions = useWorkspace().workspace?.showVersions ?? false
  const removedShownSince = useRemovedShownSince(room.id)
  const editLast = useCallback(() => {
    const last = list.current?.isAtEnd() && lastOf(queryClient, room.id, rights.mayEdit)
    if (!last) return false
    begin(last)
    list.current?.reveal(last.id)
    return true
  }, [queryClient, room.id, list, rights, begin])
  const live = useMemo<LiveEdits>(
    () => ({
      ...rights,
      ...edited,
      Editor: MessageEditor,
      editLast,
      remove: (message) => setAsked({ about: 'removal', message }),
      showVersions: showsVersions
        ? (message) => setAsked({ about: 'versions', message })
        : undefined,
      removedShownSince,
    }),
    [rights, edited, editLast, showsVersions, removedShownSince],
  )
  useLayoutEffect(() => onLive(live), [live, onLive])
  if (!asked) return null
  const Dialog = asked.about === 'removal' ? RemoveMessageDialog : VersionsDialog
  return <Dialog message={asked.message} onClosed={() => setAsked(undefined)} />
}

function useRights(room: EditsOf['room']): Pick<LiveEdits, 'mayEdit' | 'mayRemove'> {
  const { me } = useMe()
  const { workspace: settings } = useWorkspace()
  const [id, role] = [me?.id, me?.role]
  return useMemo(() => {
    if (id === undefined || role === undefined) return { mayEdit: no, mayRemove: no }
    const of = { me: { id, role }, room }
    return {
      mayEdit: (message: Message) => mayEdit(message, { ...of, settings, now: Date.now() }),
      mayRemove: (message: Message) => mayRemove(message, of),
    }
  }, [id, role, room, settings])
}

function no(): boolean {
  return false
}

/** Which messages I am editing: also those from before the page was loaded. */
function useEditing(roomId: string): Pick<LiveEdits, 'editing' | 'begin' | 'takesFocus' | 'end'> {
  const { tab } = useKept()
  const drafts = useMemo(() => editDraftsIn(tab, roomId), [tab, roomId])
  const [editing, setEditing] = useState<ReadonlySet<string>>(() => new Set(drafts.all()))
  const cameFrom = useRef(new Map<string, Element | null>())
  const begun = useRef(new Set<string>())
  const begin = useCallback(
    ({ id, text }: Message) => {
      cameFrom.current.set(id, document.activeElement)
      begun.current.add(id)
      if (!drafts.read(id)) drafts.write(id, { text, before: text })
      setEditing((now) => new Set([...now, id]))
    },
    [drafts],
  )
  const end = useCallback(
    (id: string) => {
      drafts.drop(id)
      const isThere = messageElement(id)?.contains(document.activeElement) ?? false
      flushSync(() => setEditing((now) => new Set([...now].filter((other) => other !== id))))
      // Somebody who has gone elsewhere meanwhile stays there.
      if (isThere) focusAgain(id, cameFrom.current.get(id))
      cameFrom.current.delete(id)
    },
    [drafts],
  )
  const takesFocus = useCallback((id: string) => begun.current.delete(id), [])
  return useMemo(() => ({ editing, begin, takesFocus, end }), [editing, begin, takesFocus, end])
}

/** The field that it was begun from, or the message itself: what was pressed there is gone by then. */
function focusAgain(messageId: string, cameFrom: Element | null | undefined): void {
  const field = cameFrom instanceof HTMLTextAreaElement && cameFrom.isConnected ? cameFrom : null
  const target = field ?? messageElement(messageId)
  target?.focus({ preventScroll: true })
}

function lastOf(
  queryClient: QueryClient,
  roomId: string,
  is: (message: Message) => boolean,
): Message | undefined {
  return queryClient.getQueryData<MessagePage>(messagesKey(roomId))?.messages.findLast(is)
}
