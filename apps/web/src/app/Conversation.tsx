import { messagesKey } from '@conclave/client/keys/messages.keys'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { EditsProvider } from '../features/edits/Edits.tsx'
import { UnfoldedProvider } from '../features/messages/LongText.tsx'
import { MessageAnnouncer } from '../features/messages/MessageAnnouncer.tsx'
import { MessageComposer } from '../features/messages/MessageComposer.tsx'
import { MessageList } from '../features/messages/MessageList.tsx'
import { useMessages, useSendMessage } from '../features/messages/messages.queries.ts'
import { MessagesSkeleton } from '../features/messages/MessagesSkeleton.tsx'
import { useMyId } from '../features/people/MeProvider.tsx'
import { ReactionsProvider } from '../features/reactions/Reactions.tsx'
import { useMoveRead, type RoomInfo } from '../features/rooms/rooms.queries.ts'
import { useVisit } from '../features/rooms/use-visit.ts'
import { errorMessage } from '../server/problem-message.ts'
import { requestIdOf } from './request-id.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Problem.tsx'
import { Region } from './Region.tsx'
import { useAddPeople } from './use-add-people.ts'
import * as words from '../words/en/app.en.ts'
import { tryAgain } from '../words/en/common.en.ts'
import { t } from '../words/say.ts'

/** The messages of one room and the composer; mounted separately for each room. */
export function Conversation(props: { room: RoomInfo; name: string; besidePanel: boolean }) {
  const { room, name } = props
  const { send } = useSendMessage(room.id)
  return (
    <EditsProvider room={room}>
      <Region part={words.conversationBroken}>
        <UnfoldedProvider>
          <Messages {...props} />
        </UnfoldedProvider>
      </Region>
      {room.archived ? (
        <p className="shrink-0 border-t border-line p-5 text-center text-small text-soft">
          {t(words.roomArchived)}
        </p>
      ) : (
        <Region part={words.composerBroken}>
          <MessageComposer room={room} roomName={name} onSend={send} />
        </Region>
      )}
    </EditsProvider>
  )
}

function Messages(props: { room: RoomInfo; name: string; besidePanel: boolean }) {
  const { room, name, besidePanel } = props
  const queryClient = useQueryClient()
  const myId = useMyId()
  const { page, error, loadOlder, pending } = useMessages(room.id)
  const { retry, discard } = useSendMessage(room.id)
  const { move, follow } = useMoveRead(room.id)
  const addPeople = useAddPeople()
  const invitation = useMemo(
    () => addPeople && <addPeople.Invitation room={room} />,
    [addPeople, room],
  )
  const visit = useVisit(room.id, follow)

  if (page && myId !== undefined) {
    return (
      <ReactionsProvider room={room} page={page} myId={myId}>
        <MessageList
          roomId={room.id}
          roomName={name}
          invitation={invitation}
          page={page}
          pending={pending}
          myId={myId}
          visit={visit}
          besidePanel={besidePanel}
          loadOlder={loadOlder}
          onRead={move}
          onScrolled={follow}
          onRetry={retry}
          onDiscard={discard}
        />
        <MessageAnnouncer messages={page.messages} myId={myId} />
      </ReactionsProvider>
    )
  }
  if (error) {
    return (
      <Problem
        title={t(words.messagesNotLoaded)}
        detail={errorMessage(error)}
        requestId={requestIdOf(error)}
      >
        <Button onClick={() => void queryClient.refetchQueries({ queryKey: messagesKey(room.id) })}>
          {t(tryAgain)}
        </Button>
      </Problem>
    )
  }
  return <MessagesSkeleton />
}
