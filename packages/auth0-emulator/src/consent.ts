/** Who has agreed that the app acts for them; Auth0 asks once for each person and app. */
export interface Consent {
  isAsked: boolean
  readonly given: Set<string>
}

export function createConsent(isAsked: boolean): Consent {
  return { isAsked, given: new Set() }
}

/** Whether this person still has to consent. */
export function isConsentMissing({ isAsked, given }: Consent, sub: string): boolean {
  return isAsked && !given.has(sub)
}
