import { messagesKey } from '@conclave/client/keys/messages.keys'
import type { Message, MessagePage } from '@conclave/shared/messages'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useKept } from '../../session/session.ts'
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
  const { editing, begin, end } = useEditing(room.id)
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
      Editor: MessageEditor,
      editing,
      begin,
      end,
      editLast,
      remove: (message) => setAsked({ about: 'removal', message }),
      showVersions: showsVersions
        ? (message) => setAsked({ about: 'versions', message })
        : undefined,
      removedShownSince,
    }),
    [rights, editing, begin, end, editLast, showsVersions, removedShownSince],
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
function useEditing(roomId: string): Pick<LiveEdits, 'editing' | 'begin' | 'end'> {
  const { tab } = useKept()
  const drafts = useMemo(() => editDraftsIn(tab, roomId), [tab, roomId])
  const [editing, setEditing] = useState<ReadonlySet<string>>(() => new Set(drafts.all()))
  const cameFrom = useRef(new Map<string, Element | null>())
  const begin = useCallback(
    ({ id, text }: Message) => {
      cameFrom.current.set(id, document.activeElement)
      if (!drafts.read(id)) drafts.write(id, { text, before: text })
      setEditing((now) => new Set([...now, id]))
    },
    [drafts],
  )
  const end = useCallback(
    (id: string) => {
      drafts.drop(id)
      setEditing((now) => new Set([...now].filter((other) => other !== id)))
      focusAgain(id, cameFrom.current.get(id))
      cameFrom.current.delete(id)
    },
    [drafts],
  )
  return { editing, begin, end }
}

/** The field that it was begun from, or the message itself: what was pressed there is gone by then. */
function focusAgain(messageId: string, cameFrom: Element | null | undefined): void {
  const field = cameFrom instanceof HTMLTextAreaElement && cameFrom.isConnected ? cameFrom : null
  const row = document.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(messageId)}"]`)
  const target = field ?? row
  target?.focus({ preventScroll: true })
}

function lastOf(
  queryClient: QueryClient,
  roomId: string,
  is: (message: Message) => boolean,
): Message | undefined {
  return queryClient.getQueryData<MessagePage>(messagesKey(roomId))?.messages.findLast(is)
}
