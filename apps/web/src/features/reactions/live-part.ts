/** What is loaded after the first view, together. */
export { AddReaction } from './AddReaction.tsx'
export { ReactionsLive } from './ReactionsLive.tsx'
