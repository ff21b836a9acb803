import { ACTIONS } from './message-action-table.ts'

const ROW = 'article[data-message-id]'
const LIST = '[role=log][data-region]'
const BUTTON = 'button[data-action]'

/** What the keys do in the list of messages, in the order in which they are told; MessageActions adds those of the actions. */
export const LIST_KEYS = {
  previous: 'ArrowUp',
  next: 'ArrowDown',
  open: 'Enter',
  leave: 'Escape',
} as const

/**
 * Listens for the keys of the messages: arrows go from one to the next, Enter to what can be done with it, and each action
 * has its own. Where somebody has clicked, only arrows do something, so that nothing happens to a message by typing.
 * Returns what stops it.
 */
export function listenForMessageKeys(): () => void {
  let isPointed = false
  const onPointer = () => (isPointed = true)
  function onKeyDown(event: KeyboardEvent): void {
    const row = rowOf(event.target)
    const isArrow = event.key === LIST_KEYS.previous || event.key === LIST_KEYS.next
    if (isArrow || event.key === 'Tab' || event.key === 'F6') isPointed = false
    if (event.defaultPrevented || isModified(event) || isWriting(event.target)) return
    if (isArrow && !event.shiftKey && isInList(event.target)) goOn(event, row)
    else if (row && !isPointed) actOn(event, row)
  }
  document.addEventListener('pointerdown', onPointer, true)
  document.addEventListener('keydown', onKeyDown)
  return () => {
    document.removeEventListener('pointerdown', onPointer, true)
    document.removeEventListener('keydown', onKeyDown)
  }
}

/** To the message above or below; while its own end is out of view, the browser scrolls there first. */
function goOn(event: KeyboardEvent, row: HTMLElement | undefined): void {
  const list = document.querySelector<HTMLElement>(LIST)
  if (!list?.checkVisibility()) return
  const step = event.key === LIST_KEYS.previous ? -1 : 1
  const view = list.getBoundingClientRect()
  const rows = [...list.querySelectorAll<HTMLElement>(ROW)].filter((each) =>
    each.checkVisibility({ visibilityProperty: true }),
  )
  const { top, bottom } = row?.getBoundingClientRect() ?? view
  if (row && (step < 0 ? top < view.top - 1 : bottom > view.bottom + 1)) return
  const next = row ? rows[rows.indexOf(row) + step] : inView(rows, view).at(step < 0 ? -1 : 0)
  if (!next) return
  event.preventDefault()
  next.focus({ preventScroll: true, focusVisible: true })
  next.scrollIntoView({ block: 'nearest' })
}

function inView(rows: HTMLElement[], view: DOMRect): HTMLElement[] {
  const whole = rows.filter((row) => {
    const { top, bottom } = row.getBoundingClientRect()
    return top >= view.top && bottom <= view.bottom
  })
  return whole.length > 0 ? whole : rows.slice(-1)
}

function actOn(event: KeyboardEvent, row: HTMLElement): void {
  const buttons = [...row.querySelectorAll<HTMLElement>(BUTTON)]
  const at = buttons.findIndex((button) => button === document.activeElement)
  const target = targetOf(event, { row, buttons, at })
  if (target) {
    event.preventDefault()
    target.focus({ focusVisible: true, preventScroll: true })
    return
  }
  const name = Object.keys(ACTIONS).find((each) => isKey(event, ACTIONS[each]?.key))
  const button = buttons.find(({ dataset }) => dataset['action'] === name)
  if (!button || event.repeat) return
  event.preventDefault()
  button.click()
}

/** Where a key takes the focus, from the message to its buttons and among them. */
function targetOf(
  { key, target }: KeyboardEvent,
  { row, buttons, at }: { row: HTMLElement; buttons: HTMLElement[]; at: number },
): HTMLElement | undefined {
  if (key === LIST_KEYS.open) return target === row ? buttons[0] : undefined
  if (key === LIST_KEYS.leave) return target === row ? undefined : row
  if (at < 0) return undefined
  const isForward = getComputedStyle(row).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  if (key === 'ArrowLeft' || key === 'ArrowRight') return buttons[at + (key === isForward ? 1 : -1)]
  return undefined
}

/** Where letters are not Latin, the one that is in its place. */
function isKey({ key, code }: KeyboardEvent, wanted: string | undefined): boolean {
  if (wanted === undefined) return false
  if (key.toUpperCase() === wanted.toUpperCase()) return true
  return /^\P{ASCII}$/u.test(key) && code === `Key${wanted}`
}

function isModified({ ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  return ctrlKey || altKey || metaKey
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  )
}

function isInList(target: EventTarget | null): boolean {
  return target === document.body || (target instanceof Element && target.closest(LIST) !== null)
}

function rowOf(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element && target.closest<HTMLElement>(ROW)) || undefined
}
