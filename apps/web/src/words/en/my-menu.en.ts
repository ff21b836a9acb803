import { word } from '../word.ts'

export const availableRule = word("each room's setting applies")
export const busyRule = word('only mentions and replies notify')
export const awayRule = word('nothing notifies')
export const status = word('Status')
export const refresh = word('Refresh')
export const signOutEntry = word('Sign Out')
export const workspaceSettings = word('Workspace settings')
export const sendWithHeldEnter = word('Send with {key}-Enter')
export const enterBreaks = word('Enter begins a new line')
export const language = word('Language')
export const asBrowser = word('As the browser')
