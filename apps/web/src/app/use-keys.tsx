import { useCallback, useEffect, useState, type ReactElement } from 'react'
import { useLaterPart } from '../server/use-later-part.ts'
import { useShortcuts } from './use-shortcuts.ts'

const loadMessageKeys = async () =>
  (await import('../features/messages/message-keys.ts')).listenForMessageKeys
const loadSheet = async () => (await import('./KeysSheet.tsx')).KeysSheet

/** All that keys do outside of fields; gives the sheet that tells them, while it is open. */
export function useKeys(): ReactElement | undefined {
  const [isShown, setIsShown] = useState(false)
  const show = useCallback(() => setIsShown(true), [])
  useShortcuts(show)
  const listenForMessageKeys = useLaterPart(loadMessageKeys)
  useEffect(() => listenForMessageKeys?.(), [listenForMessageKeys])
  const Sheet = useLaterPart(loadSheet)
  return Sheet && isShown ? <Sheet onClosed={() => setIsShown(false)} /> : undefined
}
