import { useSyncExternalStore } from 'react'
import type { Kept } from '../../session/kept.ts'
import { useKept } from '../../session/session.ts'
import { isTouch, type SendKey } from './enter-key.ts'

const NAME = 'send-key'

/** The key that I send with, now. On touch, Enter always begins a line. */
export function useSendKey(): SendKey {
  const chosen = useChosenSendKey()
  return isTouch() ? 'ctrl-enter' : chosen
}

/** The key that I chose; all my tabs in this browser follow at once. */
export function useChosenSendKey(): SendKey {
  const { browser } = useKept()
  return useSyncExternalStore(browser.watch, () =>
    browser.read(NAME) === undefined ? 'enter' : 'ctrl-enter',
  )
}

export function chooseSendKey(browser: Kept, key: SendKey): void {
  if (key === 'enter') browser.remove(NAME)
  else browser.write(NAME, key)
}
