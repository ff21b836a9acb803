import { word } from '../word.ts'

export const unknownTime = word('unknown time')
