import type * as english from '../en/admin.en.ts'
import { translated } from '../word.ts'

export const admin = translated<typeof english>()({
  accessOf: 'Zugang von {person}',
  notSetUp: 'nicht eingerichtet',
  waiting: 'wartet',
  waitingTried: 'wartet, {count, plural, one {#-mal} other {#-mal}} versucht',
  refused: 'Von Conclave abgewiesen',
  socketsClosed: 'Offene Verbindungen geschlossen',
  auth0Blocked: 'In Auth0 gesperrt',
  auth0Unblocked: 'In Auth0 entsperrt',
  auth0SessionsEnded: 'Auth0-Sitzungen beendet',

  notVerified: '{email} · nicht bestätigt',
  blockedSince: 'Seit <when/>',
  blockedSinceFor: 'Seit <when/>: <reason/>',
  block: 'Sperren',
  blockMore: 'Sperren…',
  blockThis: '{person} sperren',
  unblock: 'Entsperren',
  unblockThis: '{person} entsperren',
  blockTitle: '<person/> sperren?',
  blockDetail:
    'Die Person verliert den Zugang sofort: Sie kann nichts mehr senden oder empfangen, ihre offenen Seiten schließen sich, und sie kann sich nicht anmelden. Ihre Nachrichten bleiben, unter ihrem Namen.',
  reason: 'Grund',
  reasonHint: 'Freiwillig: nur für Eigentümer und Admins.',

  roleOf: 'Rolle von {person}: {role}',
  ownerRule: 'ändert Rollen und sperrt alle',
  adminRule: 'sperrt Mitglieder',
  memberRule: 'ändert keine Rollen und sperrt niemanden',
})
