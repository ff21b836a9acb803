import type { WorkspaceRole } from '@conclave/shared/people'
import * as words from '../../words/en/team.en.ts'
import type { Word } from '../../words/word.ts'

export const WORKSPACE_ROLE_NAMES: Record<WorkspaceRole, Word> = {
  owner: words.owner,
  admin: words.admin,
  member: words.member,
}
