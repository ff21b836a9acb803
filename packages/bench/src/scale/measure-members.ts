import type { ScaleRun } from './scale-run.ts'

/** The owner opens General's list of members, which has a menu for each of them. */
export async function measureMembers({ options, sides, note, progress }: ScaleRun): Promise<void> {
  for (const side of sides) await side.closeTab()
  for (let round = 0; round < options.rounds; round++)
    for (const side of sides) {
      progress(`The members of General in the ${side.world.size} team`)
      const tab = await side.open(side.world.general.id)
      const link = tab.page.getByRole('link', { name: /members?$/ })
      await link.waitFor()
      await tab.quiet()
      note('members-time', side, await link.evaluate(clickAndSee))
      await tab.quiet()
      const elements = await tab.page.evaluate(() => document.getElementsByTagName('*').length)
      note('members-elements', side, elements)
      await tab.close()
    }
}

/** Runs in the page: from the click to the frame in which members are there. */
async function clickAndSee(link: HTMLElement | SVGElement): Promise<number> {
  const beganAt = performance.now()
  ;(link as HTMLElement).click()
  return new Promise((resolve) => {
    function look(): void {
      // One frame later it is on the screen.
      if (document.querySelector('[aria-label=Members] li'))
        requestAnimationFrame(() => resolve(performance.now() - beganAt))
      else requestAnimationFrame(look)
    }
    look()
  })
}
