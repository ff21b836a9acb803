import { word } from '../word.ts'

export const tryAgain = word('Try again')
export const reload = word('Reload')
export const unshown = word('This could not be shown.')
export const request = word('Request <id/>')
export const pageTitle = word('{page} · Conclave')
export const loadingPage = word('Loading the page')
