import type * as english from '../en/dates.en.ts'
import { translated } from '../word.ts'

export const dates = translated<typeof english>()({
  unknownTime: 'Zeit unbekannt',
})
