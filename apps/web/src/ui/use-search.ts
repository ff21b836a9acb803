import { useState } from 'react'
import { useSettled } from './use-settled.ts'

const SEARCH_AFTER_MS = 200

/** The text of a search field, and what to search for once nobody has typed for a moment. */
export function useSearch(): { text: string; setText: (text: string) => void; search: string } {
  const [text, setText] = useState('')
  const search = useSettled(text.trim().toWellFormed(), SEARCH_AFTER_MS)
  return { text, setText, search }
}
