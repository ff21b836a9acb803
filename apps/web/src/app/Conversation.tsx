import { messagesKey } from '@conclave/client/keys/messages.keys'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { MessageAnnouncer } from '../features/messages/MessageAnnouncer.tsx'
import { MessageComposer } from '../features/messages/MessageComposer.tsx'
import { MessageList } from '../features/messages/MessageList.tsx'
import { useMessages, useSendMessage } from '../features/messages/messages.queries.ts'
import { MessagesSkeleton } from '../features/messages/MessagesSkeleton.tsx'
import { useMyId } from '../features/people/MeProvider.tsx'
import { ReactionsProvider } from '../features/reactions/Reactions.tsx'
import { useMoveRead, useRoomNow, type RoomInfo } from '../features/rooms/rooms.queries.ts'
import { errorMessage } from '../server/problem-message.ts'
import { requestIdOf } from './request-id.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Problem.tsx'
import { Region } from './Region.tsx'
import { useAddPeople } from './use-add-people.ts'

/** The messages of one room and the composer; mounted separately for each room. */
export function Conversation(props: { room: RoomInfo; name: string; besidePanel: boolean }) {
  const { room, name } = props
  const { send } = useSendMessage(room.id)
  return (
    <>
      <Region part="The conversation">
        <Messages {...props} />
      </Region>
      {room.archived ? (
        <p className="shrink-0 border-t border-line p-5 text-center text-small text-soft">
          This room is archived. Nobody can send messages in it.
        </p>
      ) : (
        <Region part="The message field">
          <MessageComposer roomId={room.id} roomName={name} onSend={send} />
        </Region>
      )}
    </>
  )
}

function Messages(props: { room: RoomInfo; name: string; besidePanel: boolean }) {
  const { room, name, besidePanel } = props
  const queryClient = useQueryClient()
  const myId = useMyId()
  const { page, error, loadOlder, pending } = useMessages(room.id)
  const { retry, discard } = useSendMessage(room.id)
  const moveRead = useMoveRead(room.id)
  const addPeople = useAddPeople()
  const roomNow = useRoomNow()
  const invitation = useMemo(
    () => addPeople && <addPeople.Invitation room={room} />,
    [addPeople, room],
  )
  const [visit] = useState(() => {
    const { readSeq = 0, lastSeq = 0 } = roomNow(room.id) ?? {}
    return { readSeq, lastSeq }
  })

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
          onRead={moveRead}
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
        title="The messages could not be loaded"
        detail={errorMessage(error)}
        requestId={requestIdOf(error)}
      >
        <Button onClick={() => void queryClient.refetchQueries({ queryKey: messagesKey(room.id) })}>
          Try again
        </Button>
      </Problem>
    )
  }
  return <MessagesSkeleton />
}
