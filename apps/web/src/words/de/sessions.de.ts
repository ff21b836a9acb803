import type * as english from '../en/sessions.en.ts'
import { translated } from '../word.ts'

export const sessions = translated<typeof english>()({
  whereSignedIn: 'Wo du angemeldet bist',
  sessionsNotLoaded: 'Deine Sitzungen konnten nicht geladen werden',
  loadingSessions: 'Deine Sitzungen werden geladen',
  noSessions:
    'Dieser Arbeitsbereich kann deine Anmeldungen nicht unterscheiden. Du kannst dich trotzdem überall abmelden.',
  places: 'Orte',
  signedOutThere: 'Dort abgemeldet',
  here: 'hier',
  signedInAt: 'Angemeldet <when/>',
  signedInUsedAt: 'Angemeldet <when/> · zuletzt benutzt <used/>',
  signOutHere: 'Hier abmelden',
  signOutOf: '{browser} abmelden',
  everywhere: 'Überall abmelden…',
  everywhereTitle: 'Überall abmelden?',
  everywhereAction: 'Überall abmelden',
  everywhereDetail:
    'Du wirst an jedem Ort abgemeldet, auch hier. Entwürfe und nicht gesendete Nachrichten in diesem Browser gehen verloren. Du kannst dich gleich wieder anmelden.',
  browserOn: '{browser} auf {system}',
  unknownBrowser: 'Unbekannter Browser',
})
