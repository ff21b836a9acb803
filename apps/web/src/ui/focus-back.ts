import { useState } from 'react'

const MESSAGE = '[data-message-id]'
const REGION = '[data-region]'
const MAIN = '#conversation'
const PAGE = '#root'

/** Gives the focus back, once what took it is closed; returns whether that was possible. */
export type GiveFocusBack = (options?: FocusOptions) => boolean

/**
 * Remembers where the focus is: on this element, else, once that is gone or hidden, on the message that it was in, else on the
 * part of the page. Where nothing had it, nothing gets it.
 */
export function focusKept(element: Element | null): GiveFocusBack {
  const id = element?.closest<HTMLElement>(MESSAGE)?.dataset['messageId']
  const region = element?.closest<HTMLElement>(REGION)
  return (options) =>
    takesFocus(element, options) ||
    takesFocus(id === undefined ? null : messageElement(id), options) ||
    takesFocus(region, options) ||
    takesFocus(hadFocus(element) ? document.querySelector(MAIN) : null, options)
}

/** The row of a message, while it is mounted. */
export function messageElement(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(id)}"]`)
}

/**
 * For something that is mounted while it is open: gives the focus to `preferred`, else back to where it was. `finalFocus` is
 * for the popup. `closed` is for when it has faded out, because what got the focus may have disappeared with what was done.
 */
export function useFocusBack(preferred?: () => Element | null) {
  const [back] = useState(() => focusKept(document.activeElement))
  const give: GiveFocusBack = (options) => takesFocus(preferred?.(), options) || back(options)
  return {
    finalFocus: finalFocusOf(give),
    closed: () => {
      if (document.activeElement === document.body) give()
    },
  }
}

/**
 * For `finalFocus` of Base UI, which by itself would go to the first link or button in an element that Tab does not reach, as
 * a message is. Until this function is over, what is outside of the popup may be inert.
 */
export function finalFocusOf(give: GiveFocusBack): (closedBy: string) => false {
  return (closedBy) => {
    if (!hasMovedOn())
      queueMicrotask(() => give(closedBy === 'keyboard' ? { focusVisible: true } : {}))
    return false
  }
}

/**
 * Whether somebody has gone to something on the page while a popup fades out; Base UI asks only then where the focus goes, and
 * what they type must not end up elsewhere. Popups are beside the page, not in it.
 */
export function hasMovedOn(): boolean {
  return document.querySelector(PAGE)?.contains(document.activeElement) === true
}

function takesFocus(element: Element | null | undefined, options?: FocusOptions): boolean {
  if (!(element instanceof HTMLElement) || !hadFocus(element)) return false
  element.focus({ preventScroll: true, ...options })
  return document.activeElement === element
}

function hadFocus(element: Element | null): boolean {
  return element !== null && element !== document.body
}
