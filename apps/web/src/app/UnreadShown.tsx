import { useEffect, type ReactNode } from 'react'
import { useOfRooms } from '../features/rooms/rooms.queries.ts'
import { countText, markOfAll } from '../features/rooms/unread-mark.ts'
import { useLaterPart } from '../server/use-later-part.ts'
import { TitlePrefix } from '../ui/use-page-title.ts'

const loadFavicon = async () => (await import('../ui/favicon.ts')).createFavicon()

/** Says in the tab what is unread: in its title and on its icon. */
export function UnreadShown({ children }: { children: ReactNode }) {
  const { data: mark } = useOfRooms(markOfAll)
  const favicon = useLaterPart(loadFavicon)
  const count = mark && countText(mark)
  const isUnread = mark?.isUnread ?? false
  useEffect(() => favicon?.show(count || (isUnread ? '' : undefined)), [favicon, count, isUnread])
  useEffect(() => () => favicon?.show(undefined), [favicon])
  return <TitlePrefix value={count ? `(${count}) ` : isUnread ? '• ' : ''}>{children}</TitlePrefix>
}
