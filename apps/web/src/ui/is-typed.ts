/** Whether a key writes a sign; a space does other things outside of fields. */
export function isTyped(event: KeyboardEvent): boolean {
  const { key, ctrlKey, altKey, metaKey } = event
  const isModified = (ctrlKey || altKey || metaKey) && !event.getModifierState('AltGraph')
  return !isModified && key !== ' ' && /^.$/su.test(key)
}
