import type * as english from '../en/rooms-later.en.ts'
import { translated } from '../word.ts'

export const roomsLater = translated<typeof english>()({
  draft: 'Entwurf',
})
