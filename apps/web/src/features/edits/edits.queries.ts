import { messagesKey } from '@conclave/client/keys/messages.keys'
import { editMessage, listVersions } from '@conclave/shared/edits'
import { withAnswered } from '@conclave/shared/messages.fold'
import type { Message, MessagePage } from '@conclave/shared/messages'
import { removeMessage } from '@conclave/shared/removals'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useCall } from '../../server/call.ts'

/** Saves another text of a message of mine. */
export function useEditMessage({ roomId, id: messageId }: Message) {
  const call = useCall()
  const keep = useKeepAnswer(roomId)
  return useMutation({
    mutationFn: (text: string) =>
      call(editMessage, { params: { roomId, messageId }, body: { text } }),
    onSuccess: keep,
  })
}

export function useRemoveMessage({ roomId, id: messageId }: Message) {
  const call = useCall()
  const keep = useKeepAnswer(roomId)
  return useMutation({
    mutationFn: () => call(removeMessage, { params: { roomId, messageId } }),
    onSuccess: keep,
  })
}

/** Shows what was answered until the room has come so far: the event may take longer. */
function useKeepAnswer(roomId: string): (message: Message) => void {
  const queryClient = useQueryClient()
  return useCallback(
    (message) =>
      void queryClient.setQueryData<MessagePage>(
        messagesKey(roomId),
        (page) => page && withAnswered(page, message),
      ),
    [queryClient, roomId],
  )
}

/** The earlier texts of a message. They are not kept: the message may be removed, and they with it. */
export function useVersions({ roomId, id: messageId, editedAt }: Message) {
  const call = useCall()
  return useInfiniteQuery({
    queryKey: ['versions', messageId, editedAt],
    queryFn: ({ pageParam: before }: { pageParam: number | undefined }) =>
      call(listVersions, {
        params: { roomId, messageId },
        query: before === undefined ? {} : { before: String(before) },
      }),
    initialPageParam: undefined,
    getNextPageParam: ({ versions, more }) => (more ? versions.at(-1)?.number : undefined),
    gcTime: 0,
  })
}
