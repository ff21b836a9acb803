import type { TeamEvent } from '@conclave/shared/events'
import { getWorkspace, type Workspace } from '@conclave/shared/workspace'
import { foldWorkspace } from '@conclave/shared/workspace.fold'
import { WORKSPACE_KEY } from '../keys/workspace.keys.ts'
import { entryAt, type LoadContext, type MergeStates, type WholePart } from './part-kinds.ts'

/** Stands for the settings among the ids of what events have changed. */
const SETTINGS = 'settings'

/** The settings of the workspace. */
export const workspace: WholePart<'team', Workspace> = {
  stream: 'team',
  isOptional: true,
  entry: entryAt(() => WORKSPACE_KEY),
  fold: foldWorkspace,
  // Anything in a forged event could also be in a true one; the next load corrects it.
  check: () => true,
  unconfirmedBy: (event: TeamEvent) => (event.type === 'workspace.updated' ? [SETTINGS] : []),
  load,
  merge,
  confirmedBy: (answer, { rev }) => (rev <= answer.rev ? [SETTINGS] : []),
}

/** Asks nothing if the team has not moved since, unless an event changed the settings: that one may have been forged. */
async function load(context: LoadContext<Workspace>): Promise<Workspace> {
  const { call, before, listed, unconfirmed } = context
  if (!before || !listed || unconfirmed.has(SETTINGS)) return call(getWorkspace, {})
  const isAhead = (listed.revBefore ?? 0) > listed.rev
  return before.rev < listed.rev || isAhead ? call(getWorkspace, {}) : before
}

/** The newer of the two, unless the state was ahead of the server's answer when that was asked for. */
function merge({ current, before, fetched }: MergeStates<Workspace>): Workspace {
  if (!current || (before && before.rev > fetched.rev)) return fetched
  return current.rev > fetched.rev ? current : fetched
}
