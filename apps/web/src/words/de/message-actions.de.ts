import type * as english from '../en/message-actions.en.ts'
import { translated } from '../word.ts'

export const messageActions = translated<typeof english>()({
  copyLink: 'Link kopieren',
  linkCopied: 'Der Link zu dieser Nachricht ist kopiert.',
  linkNotCopied: 'Der Browser hat den Link nicht kopiert: {address}',
})
