import { word } from '../word.ts'

/** Whose name is not known yet. */
export const someone = word('Someone')
