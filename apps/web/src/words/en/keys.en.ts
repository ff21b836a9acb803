import { word } from '../word.ts'

export const keys = word('Keyboard shortcuts')
export const everywhere = word('Everywhere')
export const onMessage = word('In the messages')

export const search = word('Search messages')
export const previousRoom = word('Previous room')
export const nextRoom = word('Next room')
export const nextRegion = word('Next part of the page')
export const previousRegion = word('Previous part of the page')
export const showKeys = word('Show this list')

export const previousMessage = word('Previous message')
export const nextMessage = word('Next message')
export const openActions = word('What can be done with the message')
export const leaveActions = word('Back to the message')

export const whileWriting = word('While writing')
export const send = word('Send, save')
export const newLine = word('New line')
export const editLast = word('Edit your last message')
export const leaveWriting = word('Stop answering or editing')

export const ctrl = word('Ctrl')
/** What Apple's keyboards have in the place of Ctrl. */
export const command = word('Cmd')
export const alt = word('Alt')
export const shift = word('Shift')
export const arrowUp = word('Up arrow')
export const arrowDown = word('Down arrow')
export const enter = word('Enter')
export const escape = word('Esc')
export const deleteKey = word('Delete', 2)
