import type { TeamEvent } from './events.ts'
import type { Example } from './examples.ts'
import { Workspace, WorkspaceSettings } from './workspace.ts'

const settings: WorkspaceSettings = { editWindowMinutes: null, showVersions: true }

export const WORKSPACE_EVENTS: TeamEvent[] = [
  { type: 'workspace.updated', data: { editWindowMinutes: 60, showVersions: false } },
]

export const WORKSPACE_EXAMPLES: Record<string, Example> = {
  WorkspaceSettings: {
    schema: WorkspaceSettings,
    valid: [settings, { ...settings, editWindowMinutes: 0 }, { ...settings, showVersions: false }],
    invalid: {
      'a window that nobody can choose': { ...settings, editWindowMinutes: 7 },
      'a window as text': { ...settings, editWindowMinutes: '5' },
      'only one of the two': { showVersions: false },
    },
  },
  Workspace: {
    schema: Workspace,
    valid: [{ ...settings, rev: 7 }],
    invalid: { 'no revision': settings },
  },
}
