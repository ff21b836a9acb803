import type { KeyboardEvent } from 'react'

/** How many emoji are in a row, wide enough for a finger on the narrowest phone. */
export const COLUMNS = 7

/**
 * Arrow keys move over grids of buttons, one below the other, as they are seen, also where they run from right to left; from
 * the search field down into the first, and from its first row back.
 */
export function moveInGrid(event: KeyboardEvent<HTMLElement>): void {
  const grids = [...event.currentTarget.querySelectorAll('[role=toolbar]')].map((grid) => [
    ...grid.querySelectorAll('button'),
  ])
  const at = event.target instanceof HTMLElement ? event.target : undefined
  const field = event.currentTarget.querySelector('input')
  const ahead = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1
  const grid = grids.findIndex((buttons) => buttons.some((button) => button === at))
  if (grid < 0) {
    if (event.key === 'ArrowDown') focusOn(event, grids, grids[0]?.[0])
    return
  }
  const buttons = grids[grid] ?? []
  const nth = buttons.findIndex((button) => button === at)
  const column = nth % COLUMNS
  const above = grids[grid - 1]
  const next = {
    ArrowRight: buttons[nth + ahead],
    ArrowLeft: buttons[nth - ahead],
    ArrowDown: buttons[nth + COLUMNS] ?? firstRow(grids[grid + 1], column),
    ArrowUp: buttons[nth - COLUMNS] ?? (above ? lastRow(above, column) : field),
    Home: buttons[0],
    End: buttons.at(-1),
  }[event.key]
  if (next) focusOn(event, grids, next)
}

function firstRow(buttons: readonly HTMLElement[] | undefined, column: number) {
  return buttons?.[Math.min(column, buttons.length - 1)]
}

function lastRow(buttons: readonly HTMLElement[], column: number) {
  const begin = Math.floor((buttons.length - 1) / COLUMNS) * COLUMNS
  return buttons[Math.min(begin + column, buttons.length - 1)]
}

function focusOn(
  event: KeyboardEvent,
  grids: readonly (readonly HTMLElement[])[],
  target: HTMLElement | undefined,
): void {
  if (!target) return
  event.preventDefault()
  const grid = grids.find((buttons) => buttons.includes(target)) ?? []
  for (const button of grid) button.tabIndex = button === target ? 0 : -1
  target.focus({ focusVisible: true })
}
