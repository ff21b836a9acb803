import type * as english from '../en/session-problems.en.ts'
import { translated } from '../word.ts'

export const sessionProblems = translated<typeof english>()({
  blocked: 'Ein Administrator hat dir den Zugang entzogen',
  blockedDetail: 'Frag nach, wenn du das für einen Irrtum hältst.',
  ended: 'Deine Sitzung ist beendet',
  endedDetail:
    'Melde dich wieder an, um dort weiterzumachen, wo du warst. Was du geschrieben hast, bleibt für dich aufgehoben.',
  signedOut: 'Du wurdest abgemeldet',
  signedOutDetail:
    'Das geschah von einem anderen Ort aus. Melde dich wieder an, um weiterzumachen.',
  otherPerson: 'Hier hat sich jemand anderes angemeldet',
  otherPersonDetail:
    'Melde dich wieder an, um als du selbst weiterzumachen. Was du geschrieben hast, bleibt für dich aufgehoben.',
  tenantAway: 'Der Anmeldedienst antwortet nicht',
  tenantAwayDetail:
    'Du wirst wieder angemeldet, sobald er zurück ist. Was du geschrieben hast, bleibt für dich aufgehoben.',
  unreachable: 'Anmelden ist gerade nicht möglich',
  unreachableDetail: 'Der Anmeldedienst hat nicht geantwortet. Versuche es gleich noch einmal.',
})
