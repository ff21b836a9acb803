import { createContext, use } from 'react'
import type { WebConfig } from '../config.ts'
import type { KeptPlaces } from './kept.ts'

export interface SessionProblem {
  title: string
  detail: string
  /** Whether an administrator ended it; signing in again will not help. */
  blocked: boolean
  /** What the tenant said of it, in its own words, and what whoever runs this can do. */
  said?: { text: string; operator: string }
}

export interface Session {
  state: 'loading' | 'signed-out' | 'signed-in' | 'failed'
  error?: SessionProblem
  /** What this browser keeps for whoever is signed in, or was until the session ended. */
  kept?: KeptPlaces
  /** Leaves for the sign-in page; comes back to `returnTo`, or to the page shown now. */
  signIn: (returnTo?: string) => void
  signUp: (returnTo?: string) => void
  signOut: () => void
  /** Here and in every other place; rejects, with nothing done, when the server does not answer. */
  signOutEverywhere: () => Promise<void>
}

export const SessionContext = createContext<Session | undefined>(undefined)
export const ConfigContext = createContext<WebConfig | undefined>(undefined)

export function useSession(): Session {
  const session = use(SessionContext)
  if (!session) throw new Error('useSession needs a SessionProvider above it')
  return session
}

export function useKept(): KeptPlaces {
  const { kept } = useSession()
  if (!kept) throw new Error('useKept needs somebody who has signed in')
  return kept
}

export function useConfig(): WebConfig {
  const config = use(ConfigContext)
  if (!config) throw new Error('useConfig needs a SessionProvider above it')
  return config
}
