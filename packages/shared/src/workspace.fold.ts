import type { TeamEvent } from './events.ts'
import { unreachable } from './unreachable.ts'
import type { Workspace } from './workspace.ts'

/** The workspace's settings after an event of the team; the caller has checked that `rev` is exactly next. */
export function foldWorkspace(workspace: Workspace, event: TeamEvent, rev: number): Workspace {
  switch (event.type) {
    case 'workspace.updated':
      return { ...event.data, rev }
    case 'person.joined':
    case 'person.updated':
    case 'presence.updated':
      return { ...workspace, rev }
    default:
      return unreachable(event)
  }
}
