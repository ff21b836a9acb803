import { useCallback, useEffect, useState, type ReactElement } from 'react'
import { useLaterPart } from '../server/use-later-part.ts'
import { useShortcuts } from './use-shortcuts.ts'

const loadMessageKeys = async () =>
  (await import('../features/messages/message-keys.ts')).listenForMessageKeys
const loadSheet = () => import('./KeysSheet.tsx')

/** All that keys do outside of fields; gives the sheet that tells them, while it is open. */
export function useKeys(): ReactElement | undefined {
  const [isShown, setIsShown] = useState(false)
  const show = useCallback(() => setIsShown(true), [])
  useShortcuts(show)
  const listenForMessageKeys = useLaterPart(loadMessageKeys)
  useEffect(() => listenForMessageKeys?.(), [listenForMessageKeys])
  const sheet = useLaterPart(loadSheet)
  return sheet && isShown ? <sheet.KeysSheet onClosed={() => setIsShown(false)} /> : undefined
}
