/** What a message shows besides itself; loaded after the first view, because no message waits for it. */
export { QuotedMessage } from '../quotes/QuotedMessage.tsx'
export { MessageActions } from './MessageActions.tsx'
