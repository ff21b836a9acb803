import type { MessagePage } from '@conclave/shared/messages'
import { listReactions, setReaction } from '@conclave/shared/reactions'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react'
import { useCall } from '../../server/call.ts'
import { errorMessage } from '../../server/problem-message.ts'
import { isolated } from '../../ui/isolated.ts'
import { useNotice } from '../../ui/Notice.tsx'
import type { Live, ReactionsOf } from './live.ts'
import { namesOf, shownReactions, type Known, type Wishes, wishesIn } from './reactions.wishes.ts'

/** The reactions that the messages of this room show, and how to change them. */
export function useShownReactions({ room, page, myId }: ReactionsOf): {
  shown: Live['shown']
  list: Live['list']
  known: ReadonlyMap<string, Known>
  wishes: Wishes
} {
  const wishes = useWishes(room.id)
  const known = useSyncExternalStore(wishes.subscribe, wishes.current)
  const shown = useMemo(() => {
    const rows = page.messages.map(
      (message) => [message.id, shownReactions(message, known.get(message.id), myId)] as const,
    )
    return new Map(rows.filter(([, reactions]) => reactions.length > 0))
  }, [page, known, myId])
  return { shown, list: useList(wishes, page), known, wishes }
}

function useWishes(roomId: string): Wishes {
  const call = useCall()
  const notify = useNotice()
  const queryClient = useQueryClient()
  const [wishes] = useState(() =>
    wishesIn(queryClient, roomId, {
      set: (messageId, body) => call(setReaction, { params: { roomId, messageId }, body }),
      list: (messageId) => call(listReactions, { params: { roomId, messageId } }),
      onRefused: ({ emoji }, error) => notify(`${emoji} was not saved. ${errorMessage(error)}`),
    }),
  )
  return wishes
}

function useList(wishes: Wishes, page: MessagePage): Live['list'] {
  return useCallback(
    (messageId) => {
      const message = page.messages.find(({ id }) => id === messageId)
      void wishes.list(messageId, message?.rev ?? 0)
    },
    [wishes, page],
  )
}

/** "Alice, Bob and 3 others reacted with 👍", each name isolated from the words beside it. */
export function useSentenceOf({ byId, myId }: ReactionsOf): Live['sentenceOf'] {
  return useCallback(
    (reaction) => {
      const nameOf = (id: string) => {
        const name = byId.get(id)?.name
        return name && isolated(name)
      }
      return `${namesOf(reaction, myId, nameOf)} reacted with ${reaction.emoji}`
    },
    [byId, myId],
  )
}
