import * as words from '../words/en/keys.en.ts'
import type { Word } from '../words/word.ts'

/** What the key is called that `ctrl` means here. */
export function heldKey(): Word {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? words.command : words.ctrl
}
