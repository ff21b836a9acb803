/** `Workspace`: the settings of the workspace, where something shows them. */
export const WORKSPACE_KEY = ['workspace'] as const
