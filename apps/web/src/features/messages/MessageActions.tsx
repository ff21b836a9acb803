import type { Message } from '@conclave/shared/messages'
import type { ComponentType } from 'react'
import { AddReaction } from '../reactions/AddReaction.tsx'

/** What can be done with a message, in this order: each is an ActionButton, or nothing where it cannot be done. */
const ACTIONS: Readonly<Record<string, ComponentType<{ message: Message }>>> = {
  react: AddReaction,
}

/**
 * Loaded after the first view, with everything that it shows. At the upper edge of the message, and in view for as long as
 * that is; where fingers are, after what is below the message, if there is something.
 */
export function MessageActions({ message }: { message: Message }) {
  return (
    <div className="pointer-events-none absolute end-4 -top-3.5 bottom-0 flex items-start gap-1 touch:gap-2 touch:not-first:static">
      {Object.entries(ACTIONS).map(([name, Action]) => (
        <Action key={name} message={message} />
      ))}
    </div>
  )
}
