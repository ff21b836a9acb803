import { createContext, use } from 'react'
import type { WebConfig } from '../config.ts'

export interface SessionProblem {
  title: string
  detail: string
  /** Whether an administrator ended it; signing in again will not help. */
  blocked: boolean
}

export interface Session {
  state: 'loading' | 'signed-out' | 'signed-in' | 'failed'
  error?: SessionProblem
  /** Leaves for the sign-in page; comes back to `returnTo`, or to the page shown now. */
  signIn: (returnTo?: string) => void
  signUp: (returnTo?: string) => void
  signOut: () => void
  /** Here and in every other place; rejects, with nothing done, when the server does not answer. */
  signOutEverywhere: () => Promise<void>
  getToken: () => Promise<string>
}

export const SessionContext = createContext<Session | undefined>(undefined)
export const ConfigContext = createContext<WebConfig | undefined>(undefined)

export function useSession(): Session {
  const session = use(SessionContext)
  if (!session) throw new Error('useSession needs a SessionProvider above it')
  return session
}

export function useConfig(): WebConfig {
  const config = use(ConfigContext)
  if (!config) throw new Error('useConfig needs a SessionProvider above it')
  return config
}
