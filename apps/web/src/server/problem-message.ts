import { NoTokenError } from '@conclave/client/connection/api-health'
import { ProblemError } from '@conclave/shared/client'
import * as words from '../words/en/problems.en.ts'
import { t } from '../words/say.ts'

/**
 * Gives a refusal the sentence that tells the person what happened, and what to do next. The sentences are loaded when
 * one is needed; a problem that only a newer api has, or whose sentence cannot be loaded, keeps the api's own words.
 */
export async function explained(refusal: ProblemError): Promise<ProblemError> {
  const sentences = await loadSentences().catch(() => undefined)
  refusal.message = sentences?.sentenceFor(refusal.slug) ?? `${refusal.problem.title}.`
  return refusal
}

export function loadSentences() {
  return import('./problem-sentences.ts')
}

/** Which server is away, for an error after which a retry may help; without an error, the server that this page is from. */
export function whatIsAway(error?: unknown): string {
  if (!navigator.onLine) return t(words.deviceOffline)
  if (error instanceof NoTokenError) return t(words.signInSilent)
  return t(error instanceof ProblemError ? words.serverBusy : words.serverSilent)
}

/** The same, for what is tried again until it succeeds. */
export function awayAndRetried(error?: unknown): string {
  return t(words.awayRetried, { away: whatIsAway(error) })
}

/** The same for any thrown error; one that is no problem document means that something did not answer. */
export function errorMessage(error: unknown): string {
  if (!(error instanceof ProblemError)) return t(words.awayTryAgain, { away: whatIsAway(error) })
  const seconds = waitSeconds(error)
  if (error.slug !== 'slow-down' || seconds === undefined) return error.message
  return t(words.slowDownFor, { seconds })
}

/** How many seconds the server asked to wait; a retry must not come sooner. */
export function waitSeconds(error: unknown): number | undefined {
  return error instanceof ProblemError ? error.retryAfterSeconds : undefined
}

/** Whether the same request may succeed later. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return true
  return (
    error.problem.status >= 500 || ['unavailable', 'slow-down', 'too-slow'].includes(error.slug)
  )
}
