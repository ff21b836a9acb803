import { useMe } from '../features/people/MeProvider.tsx'
import { useWorkspace } from '../features/workspace/workspace.queries.ts'
import { WorkspaceSettingsForm } from '../features/workspace/WorkspaceSettingsForm.tsx'
import { errorMessage } from '../server/problem-message.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Problem.tsx'
import { RowsSkeleton } from '../ui/RowsSkeleton.tsx'
import * as words from '../words/en/workspace.en.ts'
import { t } from '../words/say.ts'
import { Page } from './Page.tsx'
import { requestIdOf } from './request-id.ts'

/** The settings of the workspace, for owners and admins to change. */
export function WorkspacePage() {
  const { me } = useMe()
  const { workspace, error, refetch } = useWorkspace()
  return (
    <Page title={t(words.title)}>
      {!workspace && error && (
        <Problem
          title={t(words.notLoaded)}
          detail={errorMessage(error)}
          requestId={requestIdOf(error)}
        >
          <Button onClick={refetch}>{t(words.tryAgain)}</Button>
        </Problem>
      )}
      {!workspace && !error && <RowsSkeleton label={t(words.loading)} />}
      {workspace && me && (
        <WorkspaceSettingsForm workspace={workspace} isAllowed={me.role !== 'member'} />
      )}
    </Page>
  )
}
