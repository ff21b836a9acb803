import type * as english from '../en/sign-in-problems.en.ts'
import { translated } from '../word.ts'

export const signInProblems = translated<typeof english>()({
  askOperator: 'Es liegt nicht an dir. Zeig das denen, die Conclave für dein Team betreiben.',
  notSetUp: 'Conclave ist nicht richtig eingerichtet',
  wrongAudienceOperator: 'AUTH0_AUDIENCE muss die Kennung einer API dieses Tenants sein.',
  misconfiguredOperator:
    'Vergleiche die Anwendung im Tenant mit docs/self-hosting.md: Client-ID, Callback-Adressen, Grant-Typen.',
  declined: 'Du hast Conclave nicht erlaubt, dich anzumelden',
  declinedDetail:
    'Es wurde nichts geändert. Melde dich wieder an und stimme zu, um weiterzumachen.',
  declinedOperator:
    'Schalte in den Einstellungen der API die Zustimmung ab, dann wird niemand gefragt.',
  denied: 'Die Anmeldung wurde abgelehnt',
  deniedDetail:
    'Bitte die, die Conclave für dein Team betreiben, dich hereinzulassen, und melde dich dann wieder an.',
  deniedOperator:
    'Eine Post-Login-Action oder eine Einstellung des Tenants hat sie abgelehnt; welche, steht in seinem Log.',
  tenantTrouble: 'Der Anmeldedienst hat ein Problem',
  tenantTroubleDetail: 'Es wurde nichts geändert. Versuche es gleich noch einmal.',
  seeLog: 'Mehr steht im Log des Tenants.',
  tooLate: 'Die Anmeldung hat zu lange gedauert',
  tooLateDetail: 'Es wurde nichts geändert. Bitte melde dich noch einmal an.',
  tooLateOperator: 'Ein Anmeldecode gilt nur einmal, etwa eine Minute lang.',
  wrongClock: 'Die Uhr dieses Geräts geht falsch',
  wrongClockDetail: 'Stelle Datum und Uhrzeit richtig und melde dich dann wieder an.',
  wrongClockOperator: 'Nach der Uhr dieses Browsers war das ID-Token abgelaufen, bevor es ankam.',
  failed: 'Die Anmeldung hat nicht geklappt',
  failedDetail:
    'Es wurde nichts geändert. Bitte versuche es noch einmal. Wenn es wieder passiert, zeig das denen, die Conclave betreiben.',
  noStorage: 'Dieser Browser hat keinen Speicherplatz mehr',
  noStorageDetail: 'Die Anmeldung braucht etwas Platz. Versuche es in einem anderen Tab.',
})
