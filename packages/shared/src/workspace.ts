import { Type, type Static } from 'typebox'
import { endpoint, event } from './contract.ts'
import { strict } from './shapes.ts'
import { Count } from './ids.ts'

/** For how long a message can be edited, in minutes: never, some time, or, if null, at any time. */
export const EditWindow = Type.Union([
  Type.Null(),
  Type.Literal(0),
  Type.Literal(5),
  Type.Literal(60),
  Type.Literal(1440),
])
export type EditWindow = Static<typeof EditWindow>

/** What owners and admins decide for the whole workspace. */
export const WorkspaceSettings = Type.Object(
  {
    editWindowMinutes: EditWindow,
    /** Whether members may read what an edited message said before. If not, it is not kept, and what was kept is deleted. */
    showVersions: Type.Boolean(),
  },
  strict,
)
export type WorkspaceSettings = Static<typeof WorkspaceSettings>

/** The settings at a revision of the team's stream. */
export const Workspace = Type.Object({ ...WorkspaceSettings.properties, rev: Count }, strict)
export type Workspace = Static<typeof Workspace>

export const getWorkspace = endpoint({
  method: 'GET',
  path: '/v1/workspace',
  summary: 'The settings of the workspace',
  tag: 'workspace',
  access: 'person',
  limit: 'reading',
  status: 200,
  result: Workspace,
  problems: [],
})

export const updateWorkspace = endpoint({
  method: 'PUT',
  path: '/v1/workspace',
  summary: 'Change the settings of the workspace; the same again changes nothing',
  tag: 'workspace',
  access: 'person',
  limit: 'sensitive',
  body: WorkspaceSettings,
  status: 200,
  result: Workspace,
  problems: ['not-allowed'],
})

export const WorkspaceUpdated = event('workspace.updated', WorkspaceSettings)
