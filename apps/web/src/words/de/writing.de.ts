import type * as english from '../en/writing.en.ts'
import { translated } from '../word.ts'

export const writing = translated<typeof english>()({
  notForEverybody:
    'In diesem Raum können nur Eigentümer und Moderatoren @room und @here verwenden.',

  people: 'Wen du erwähnen kannst',
  emoji: 'Emoji',
  suggestions: '{count, plural, one {# Vorschlag} other {# Vorschläge}}',
  roomRule: 'Benachrichtigt alle im Raum',
  hereRule: 'Benachrichtigt alle im Raum, die online sind',

  notifyPeople: '{count, plural, one {# Person} other {# Personen}} benachrichtigen?',
  notifyMany: '{count, number} Personen oder mehr benachrichtigen?',
  notifyOnline: 'Alle benachrichtigen, die online sind?',
  notifyRoomDetail: 'Deine Nachricht richtet sich an alle in diesem Raum.',
  notifyHereDetail: 'Deine Nachricht richtet sich an alle in diesem Raum, die online sind.',
  notify: 'Benachrichtigen',

  addEmoji: 'Emoji einfügen',
  allEmoji: 'Alle Emojis',
  findEmoji: 'Emoji suchen',
  loadingEmoji: 'Emojis werden geladen',
  noEmoji: 'So heißt kein Emoji.',
  emojiFound: '{count, plural, one {# Emoji} other {# Emojis}}',
  smileys: 'Smileys',
  gestures: 'Menschen und Gesten',
  nature: 'Tiere und Natur',
  food: 'Essen und Trinken',
  travel: 'Reisen und Orte',
  activities: 'Aktivitäten',
  objects: 'Gegenstände',
  symbols: 'Symbole',
  flags: 'Flaggen',
})
