import { word } from '../word.ts'

export const copyLink = word('Copy link')
export const linkCopied = word('The link to this message is copied.')
export const linkNotCopied = word('This browser did not copy the link: {address}')
