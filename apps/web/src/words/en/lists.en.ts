import { word } from '../word.ts'

export const loadingMore = word('Loading more')
export const close = word('Close')
export const cancel = word('Cancel')
export const lastOwner = word('There must be an owner. Make somebody else an owner first.')
