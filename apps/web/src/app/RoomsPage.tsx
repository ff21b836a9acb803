import { Mark } from '../ui/Mark.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { ConnectionBanner } from './ConnectionStatus.tsx'

/** Shown beside the list of rooms while none is open; a narrow screen shows only the list. */
export function RoomsPage() {
  usePageTitle('Rooms')
  return (
    <>
      <ConnectionBanner />
      <div className="m-auto flex flex-col items-center gap-3 p-6 text-soft">
        <Mark className="size-10 opacity-25" />
        <p>Choose a room to begin.</p>
      </div>
    </>
  )
}
