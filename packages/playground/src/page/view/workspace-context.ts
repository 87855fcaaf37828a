import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Workspace } from '../state/workspace.ts'

/** Hands the workspace to every part of the page. */
export const WorkspaceContext: ReturnType<typeof createContext<Workspace | undefined>> = createContext<
  Workspace | undefined
>(undefined)

/** The workspace of the page. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext)
  if (workspace === undefined) throw new Error('outside of the page')
  return workspace
}
