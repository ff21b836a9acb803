import { word } from '../word.ts'

export const askOperator = word(
  'It is not your fault. Show this to whoever runs Conclave for your team.',
)
export const notSetUp = word('Conclave is not set up correctly')
export const wrongAudienceOperator = word(
  'AUTH0_AUDIENCE has to be the identifier of an API in this tenant.',
)
export const misconfiguredOperator = word(
  'Compare the application in the tenant with docs/self-hosting.md: client id, callback addresses, grant types.',
)
export const declined = word('You did not let Conclave sign you in')
export const declinedDetail = word('Nothing was changed. Sign in again and accept to continue.')
export const declinedOperator = word(
  'Turn on skipping user consent in the API’s settings, and nobody is asked.',
)
export const denied = word('Signing in was refused')
export const deniedDetail = word(
  'Ask whoever runs Conclave for your team to let you in, then sign in again.',
)
export const deniedOperator = word(
  'A Post-Login Action or a setting of the tenant denied it; the tenant’s log says which.',
)
export const tenantTrouble = word('The sign-in service has a problem')
export const tenantTroubleDetail = word('Nothing was changed. Try again in a moment.')
export const seeLog = word('The tenant’s log says more.')
export const tooLate = word('Signing in took too long')
export const tooLateDetail = word('Nothing was changed. Please sign in again.')
export const tooLateOperator = word('A sign-in code works only once, for about a minute.')
export const wrongClock = word('The clock of this device is wrong')
export const wrongClockDetail = word('Set its date and time, then sign in again.')
export const wrongClockOperator = word(
  'By this browser’s clock, the ID token had expired before it arrived.',
)
export const failed = word('Signing in did not work')
export const failedDetail = word(
  'Nothing was changed. Please try again. If it keeps happening, show this to whoever runs Conclave.',
)
export const noStorage = word('This browser has no storage left')
export const noStorageDetail = word('Signing in needs some space. Try again in another tab.')
