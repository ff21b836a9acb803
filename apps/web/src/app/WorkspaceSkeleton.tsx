import { MessagesSkeleton } from '../features/messages/MessagesSkeleton.tsx'
import { RoomListSkeleton } from '../features/rooms/RoomList.tsx'

/** The real layout without its content, so that nothing moves when the content arrives. */
export function WorkspaceSkeleton() {
  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] wide:grid-cols-[260px_minmax(0,1fr)]">
      <div className="flex flex-col border-e border-line bg-sunken pt-14 max-wide:hidden">
        <RoomListSkeleton />
      </div>
      <RoomSkeleton />
    </div>
  )
}

export function RoomSkeleton() {
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="h-14 shrink-0 border-b border-line" />
      <MessagesSkeleton />
      <div className="column shrink-0 px-5 pt-3 pb-4 max-wide:px-3">
        <div className="h-11 rounded-control border border-line" />
      </div>
    </div>
  )
}
