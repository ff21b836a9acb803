import { word } from '../word.ts'

export const quoteFrom = word('<person/> <text/>')
export const quotedBy = word('Go to the message of {person} that this answers')
export const originalRemoved = word('Original message deleted')
export const originalGone = word('The original message is gone.')

export const reply = word('Reply')
export const replyingTo = word('Replying to')
export const stopReplying = word('Do not reply to this message')
