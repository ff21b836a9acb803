import { word } from '../word.ts'

/** Whose name is not known yet. */
export const someone = word('Someone')
export const available = word('Available')
export const busy = word('Busy')
export const away = word('Away')
export const offline = word('Offline')
export const withStanding = word('{person}, {standing}')
