import { Mark } from '../ui/Mark.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { ConnectionBanner } from './ConnectionStatus.tsx'
import { chooseRoom, rooms } from '../words/en/rooms.en.ts'
import { t } from '../words/say.ts'

/** Shown beside the list of rooms while none is open; a narrow screen shows only the list. */
export function RoomsPage() {
  usePageTitle(t(rooms))
  return (
    <>
      <ConnectionBanner />
      <div className="m-auto flex flex-col items-center gap-3 p-6 text-soft">
        <Mark className="size-10 opacity-25" />
        <p>{t(chooseRoom)}</p>
      </div>
    </>
  )
}
