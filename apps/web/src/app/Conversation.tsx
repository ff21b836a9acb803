import { messagesKey } from '@conclave/client/keys/messages.keys'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { EditsProvider } from '../features/edits/Edits.tsx'
import { UnfoldedProvider } from '../features/messages/LongText.tsx'
import { ConversationProvider } from '../features/messages/ConversationProvider.tsx'
import { MessageAnnouncer } from '../features/messages/MessageAnnouncer.tsx'
import { MessageComposer } from '../features/messages/MessageComposer.tsx'
import { MessageList } from '../features/messages/MessageList.tsx'
import { useDestination } from '../features/messages/use-destination.ts'
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
import { paths } from './paths.ts'
import { Region } from './Region.tsx'
import { useAddPeople } from './use-add-people.ts'
import * as words from '../words/en/app.en.ts'
import { tryAgain } from '../words/en/common.en.ts'
import { t } from '../words/say.ts'

interface Props {
  room: RoomInfo
  name: string
  besidePanel: boolean
  /** The room has no message at this address. */
  onMissing: () => void
}

/** The messages of one room and the composer; mounted separately for each room. */
export function Conversation(props: Props) {
  const { room, name } = props
  const { send } = useSendMessage(room.id)
  return (
    <ConversationProvider roomId={room.id} isArchived={room.archived} pathOf={paths.message}>
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
    </ConversationProvider>
  )
}

function Messages(props: Props) {
  const { room, name, besidePanel, onMissing } = props
  const queryClient = useQueryClient()
  const myId = useMyId()
  const { move, follow } = useMoveRead(room.id)
  const visit = useVisit(room.id, follow)
  const { destination, ...history } = useDestination(visit)
  const { page, pages, arrived, isMissing, error, pending } = useMessages(room.id, destination)
  const { retry, discard } = useSendMessage(room.id)
  const addPeople = useAddPeople()
  const invitation = useMemo(
    () => addPeople && <addPeople.Invitation room={room} />,
    [addPeople, room],
  )
  useEffect(() => {
    if (isMissing) onMissing()
  }, [isMissing, onMissing])

  if (page && arrived && myId !== undefined) {
    return (
      <ReactionsProvider room={room} page={page} myId={myId}>
        <MessageList
          {...history}
          roomId={room.id}
          roomName={name}
          invitation={invitation}
          page={page}
          pages={pages}
          pending={pending}
          myId={myId}
          visit={visit}
          destination={arrived}
          besidePanel={besidePanel}
          onRead={move}
          onScrolled={follow}
          onRetry={retry}
          onDiscard={discard}
        />
        <MessageAnnouncer messages={page.messages} after={visit.lastSeq} myId={myId} />
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
