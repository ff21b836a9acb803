import { WORKSPACE_KEY } from '@conclave/client/keys/workspace.keys'
import { getWorkspace, updateWorkspace, type Workspace } from '@conclave/shared/workspace'
import type { WorkspaceSettings } from '@conclave/shared/workspace'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCall } from '../../server/call.ts'

/** The workspace's settings, kept true by events. */
export function useWorkspace(): {
  workspace: Workspace | undefined
  error: Error | null
  refetch: () => void
} {
  const call = useCall()
  const { data, error, refetch } = useQuery({
    queryKey: WORKSPACE_KEY,
    queryFn: () => call(getWorkspace, {}),
    staleTime: Infinity,
    gcTime: Infinity,
  })
  return { workspace: data, error, refetch: () => void refetch() }
}

export function useUpdateWorkspace() {
  const call = useCall()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (settings: WorkspaceSettings) => call(updateWorkspace, { body: settings }),
    // Its event may have come before, with others after it.
    onSuccess: (answered) =>
      queryClient.setQueryData<Workspace>(WORKSPACE_KEY, (known) =>
        known && known.rev >= answered.rev ? known : answered,
      ),
  })
}
