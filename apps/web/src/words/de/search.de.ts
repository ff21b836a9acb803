import type * as english from '../en/search.en.ts'
import { translated } from '../word.ts'

export const search = translated<typeof english>()({
  title: 'Suche',
  help: 'Findet Nachrichten in deinen Räumen: Wörter nach ihrem Anfang, „Wendungen in Anführungszeichen“, und von:, in:, vor:, ab: und enthält:, getippt oder oben gewählt. Die englischen Wörter from:, before:, after: und has: gelten auch.',
  searchFailed: 'Die Suche war nicht möglich',
  searchMessages: 'Nachrichten suchen',
  placeholder: 'Wörter oder eine „Wendung in Anführungszeichen“',
  clear: 'Suche leeren',
  searching: 'Wird gesucht',
  indexing:
    'Ältere Nachrichten werden noch für die Suche vorbereitet, einige können deshalb fehlen.',
  messagesFound:
    '{more, select, yes {Bisher } other {}}{count, plural, one {# Nachricht} other {# Nachrichten}} gefunden',
  noMatch: 'Keine Nachricht in deinen Räumen passt dazu.',
  results: 'Gefundene Nachrichten',
  nothingFound: 'Nichts gefunden.',
  editedAfter: '<time/> (bearbeitet)',

  filters: 'Filter',
  removeFilter: 'Filter entfernen: {filter}',
  filterWith: '{name} <value/>',
  from: 'Von',
  inRoom: 'In',
  before: 'Vor',
  after: 'Ab',
  has: 'Enthält',
  hasLink: 'Einen Link',
  hasCode: 'Code',
  hasMention: 'Eine Erwähnung',
  hasReply: 'Eine Antwort',
  hasEmoji: 'Ein Emoji',
  findPerson: 'Person suchen',
  findRoom: 'Raum suchen',

  tooShort: 'Gib mindestens zwei Buchstaben eines Wortes ein.',
  noValue: 'Gib nach „{about}“ etwas ein.',
  unknownPerson: 'Niemand im Team heißt „{about}“.',
  unknownRoom: 'Du bist in keinem Raum, der „{about}“ heißt.',
  unknownDate: '„{about}“ ist kein Datum. Schreib es als Jahr-Monat-Tag, wie 2026-11-20.',
  unknownThing:
    '„{about}“ ist nicht bekannt. Nach „has:“ kann link, code, mention, reply oder emoji stehen.',
})
