import { word } from '../word.ts'

/** Beside a room in which something is written and not sent. */
export const draft = word('draft')
