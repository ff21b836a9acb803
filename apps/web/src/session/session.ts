import { createContext, use } from 'react'
import type { WebConfig } from '../config.ts'
import type { KeptPlaces } from './kept.ts'
import type { Word } from '../words/word.ts'

export interface SessionProblem {
  title: Word
  detail: Word
  /** Whether an administrator removed the access, so that signing in again does not help. */
  blocked: boolean
  /** The tenant's own words, and what the operator can do. */
  said?: { text: string; operator: Word }
}

export interface Session {
  state: 'loading' | 'signed-out' | 'signed-in' | 'failed'
  error?: SessionProblem
  /** What this browser keeps for the person who is signed in, or was until the session ended. */
  kept?: KeptPlaces
  /** Goes to the sign-in page; comes back to `returnTo`, or to the current page. */
  signIn: (returnTo?: string) => void
  signUp: (returnTo?: string) => void
  signOut: () => void
  /** Signs out here and everywhere else. Rejects when the server does not answer; then nothing was done. */
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
