import type { Message } from '@conclave/shared/messages'
import { ActionNameContext, type ActionName } from './action-name.ts'
import { ACTIONS } from './message-action-table.ts'

const NAMED = Object.entries(ACTIONS).map(([name, { Action, key }]) => ({
  name: { name, key } satisfies ActionName,
  Action,
}))

/**
 * Loaded after the first view, with everything that it shows. At the upper edge of the message, and in view for as long as
 * that is. Where fingers are, below what is said, once the message is tapped; only while its end is out of view over it.
 */
export function MessageActions({ message }: { message: Message }) {
  return (
    <div className="pointer-events-none absolute end-4 -top-3.5 bottom-0 flex items-start gap-1 touch:w-fit touch:flex-wrap touch:rounded-3xl touch:bg-paper touch:not-first:static touch:first:sticky touch:first:bottom-1">
      {NAMED.map(({ name, Action }) => (
        <ActionNameContext key={name.name} value={name}>
          <Action message={message} />
        </ActionNameContext>
      ))}
    </div>
  )
}
