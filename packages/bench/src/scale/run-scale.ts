import { launchBrowser } from '@conclave/browser/launch'
import { measureBlock } from './measure-block.ts'
import { measureEvents } from './measure-events.ts'
import { measureMembers } from './measure-members.ts'
import { measureMixed } from './measure-mixed.ts'
import { measureReading } from './measure-reading.ts'
import { measureReturn } from './measure-return.ts'
import { measureStart } from './measure-start.ts'
import {
  type Browser,
  type Context,
  openOwnerPage,
  type OwnerPage,
  signInOwner,
} from './owner-page.ts'
import { SCALE_GROUPS, SCALE_ROWS, type ScaleGroup, type ScaleRowId } from './scale-goals.ts'
import type { ScaleOptions } from './scale-options.ts'
import type { ScaleResult } from './scale-report.ts'
import type { ScaleRun, ScaleSide } from './scale-run.ts'
import { openScaleWorld, type ScaleWorld } from './scale-world.ts'

const MEASURE: Record<ScaleGroup, (run: ScaleRun) => Promise<void>> = {
  start: measureStart,
  events: measureEvents,
  mixed: measureMixed,
  reading: measureReading,
  members: measureMembers,
  block: measureBlock,
  return: measureReturn,
}

/** Starts every team on a stack of its own, measures them in turn, and leaves nothing running. */
export async function runScale(
  options: ScaleOptions,
  progress: ScaleRun['progress'],
): Promise<ScaleResult> {
  const values: ScaleResult['values'] = {}
  const failures: string[] = []
  const worlds: ScaleWorld[] = []
  const browser = await launchBrowser()
  try {
    for (const size of options.sizes) {
      progress(`Starting the ${size} team`)
      worlds.push(await openScaleWorld(size, options))
    }
    const sides = worlds.map((world) => openSide(browser, world))
    const run: ScaleRun = { options, browser, sides, progress, note }
    for (const group of SCALE_GROUPS.filter((each) => isWanted(each, options)))
      // What this build cannot do, or not in time, is a gap in the table and not the end of it.
      await MEASURE[group](run).catch((error: unknown) => {
        failures.push(`${group}: ${error instanceof Error ? error.message : String(error)}`)
      })
    return { options, values, failures }
  } finally {
    await browser.close()
    for (const world of worlds) await world.close()
  }

  function note(row: ScaleRowId, { world }: ScaleSide, value: number): void {
    const ofRow = (values[row] ??= {})
    const ofSize = (ofRow[world.size] ??= [])
    ofSize.push(value)
    progress(`  ${row}, ${world.size}: ${Number(value.toPrecision(3))}`)
  }
}

function isWanted(group: ScaleGroup, { rows }: ScaleOptions): boolean {
  return SCALE_ROWS.some((row) => row.group === group && rows.includes(row.id))
}

/** The owner signs in when the first page is opened: not every row has one. */
function openSide(browser: Browser, world: ScaleWorld): ScaleSide {
  let signedIn: Promise<Context> | undefined
  let tab: OwnerPage | undefined

  async function open(roomId: string): Promise<OwnerPage> {
    signedIn ??= signInOwner(browser, world)
    return openOwnerPage(await signedIn, world, roomId)
  }
  return {
    world,
    open,
    tab: async () => (tab ??= await open(world.open.id)),
    closeTab: async () => {
      await tab?.close()
      tab = undefined
    },
  }
}
