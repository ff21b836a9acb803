import type * as english from '../en/common.en.ts'
import { translated } from '../word.ts'

export const common = translated<typeof english>()({
  tryAgain: 'Erneut versuchen',
  reload: 'Neu laden',
  unshown: 'Das konnte nicht angezeigt werden.',
  request: 'Anfrage <id/>',
  pageTitle: '{page} · Conclave',
  loadingPage: 'Die Seite wird geladen',
})
