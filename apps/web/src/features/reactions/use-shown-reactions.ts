import type { MessagePage } from '@conclave/shared/messages'
import { listReactions, setReaction } from '@conclave/shared/reactions'
import { replaceEqualDeep, useQueryClient } from '@tanstack/react-query'
import {
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useCall } from '../../server/call.ts'
import { errorMessage } from '../../server/problem-message.ts'
import { isolated } from '../../ui/isolated.ts'
import { useNotice } from '../../ui/Notice.tsx'
import { useNamesOf } from '../people/people.queries.ts'
import type { Live, ReactionsOf } from './live.ts'
import { namesOf, shownReactions, type Known, type Wishes, wishesIn } from './reactions.wishes.ts'
import * as words from '../../words/en/reactions.en.ts'
import { t } from '../../words/say.ts'

/** The reactions that the messages of this room show, and how to change them. */
export function useShownReactions({ room, page, myId }: ReactionsOf): {
  shown: Live['shown']
  list: Live['list']
  known: ReadonlyMap<string, Known>
  wishes: Wishes
} {
  const wishes = useWishes(room.id)
  const known = useSyncExternalStore(wishes.subscribe, wishes.current)
  const rows = page.messages.map(
    (message) => [message.id, shownReactions(message, known.get(message.id), myId)] as const,
  )
  const reacted = useSame(rows.filter(([, reactions]) => reactions.length > 0))
  const shown = useMemo(() => new Map(reacted), [reacted])
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
      onRefused: ({ emoji }, error) =>
        notify(t(words.notSaved, { emoji, reason: errorMessage(error) })),
    }),
  )
  return wishes
}

/** The same value as before unless it differs: a message without reactions renders no other message again. */
function useSame<Value>(value: Value): Value {
  const [same, setSame] = useState(value)
  const next = replaceEqualDeep(same, value)
  if (next !== same) setSame(next)
  return next
}

function useList(wishes: Wishes, page: MessagePage): Live['list'] {
  const latest = useRef(page)
  useLayoutEffect(() => {
    latest.current = page
  }, [page])
  return useCallback(
    (messageId) => {
      const message = latest.current.messages.find(({ id }) => id === messageId)
      void wishes.list(messageId, message?.rev ?? 0)
    },
    [wishes],
  )
}

/** "Alice, Bob and 3 others reacted with 👍", each name isolated from the words beside it. */
export function useSentenceOf({
  shown,
  known,
  myId,
}: {
  shown: Live['shown']
  known: ReadonlyMap<string, Known>
  myId: string
}): Live['sentenceOf'] {
  const people = useMemo(() => {
    const listed = [...known.values()].flatMap((one) => one.listed?.reactions ?? [])
    const reactions = [...shown.values()].flat()
    return [...new Set([...reactions, ...listed].flatMap((one) => one.people))]
  }, [shown, known])
  const nameOf = useNamesOf(people)
  return useCallback(
    (reaction) => {
      const isolatedName = (id: string) => {
        const name = nameOf(id)
        return name && isolated(name)
      }
      return t(words.reacted, {
        people: namesOf(reaction, myId, isolatedName),
        emoji: reaction.emoji,
      })
    },
    [nameOf, myId],
  )
}
