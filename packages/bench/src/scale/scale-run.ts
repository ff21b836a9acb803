import type { ScaleOptions } from './scale-options.ts'
import type { ScaleRowId } from './scale-goals.ts'
import type { ScaleWorld } from './scale-world.ts'
import type { Browser, OwnerPage } from './owner-page.ts'

/** A world, and the tab of its owner that is kept from one row to the next. */
export interface ScaleSide {
  world: ScaleWorld
  /** Opens the room with the most messages, unless it is open. */
  tab: () => Promise<OwnerPage>
  closeTab: () => Promise<void>
  /** Opens this room in another tab. */
  open: (roomId: string) => Promise<OwnerPage>
}

/** Everything that measuring a group of rows may use. */
export interface ScaleRun {
  options: ScaleOptions
  browser: Browser
  sides: readonly ScaleSide[]
  note: (row: ScaleRowId, side: ScaleSide, value: number) => void
  progress: (what: string) => void
}
