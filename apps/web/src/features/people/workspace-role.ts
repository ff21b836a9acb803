import type { WorkspaceRole } from '@conclave/shared/people'

export const WORKSPACE_ROLE_NAMES: Record<WorkspaceRole, string> = {
  owner: 'Owner',
  admin: 'Admin',
  member: 'Member',
}
