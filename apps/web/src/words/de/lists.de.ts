import type * as english from '../en/lists.en.ts'
import { translated } from '../word.ts'

export const lists = translated<typeof english>()({
  loadingMore: 'Weitere werden geladen',
  close: 'Schließen',
  cancel: 'Abbrechen',
  lastOwner: 'Einer muss Eigentümer sein. Mach zuerst jemand anderen dazu.',
})
