import type * as english from '../en/members.en.ts'
import { translated } from '../word.ts'

export const members = translated<typeof english>()({
  closeMembers: 'Mitglieder schließen',
  loadingMembers: 'Die Mitglieder werden geladen',
  findMember: 'Mitglied suchen',
  membersNotLoaded: 'Die Mitglieder konnten nicht geladen werden',
  membersFound:
    '{more, select, yes {Bisher } other {}}{count, plural, one {# Mitglied} other {# Mitglieder}} gefunden',
  noMemberNamed: 'Hier hat niemand <search>„{text}“</search> im Namen.',
  actionsFor: 'Aktionen für {person}',

  role: 'Rolle',
  owner: 'Eigentümer',
  ownerRule: 'darf hier alles',
  moderator: 'Moderator',
  moderatorRule: 'fügt Mitglieder hinzu und entfernt sie',
  member: 'Mitglied',
  memberRule: 'liest und schreibt Nachrichten',

  whoNotifies: 'Wer den ganzen Raum benachrichtigen kann',
  everyMember: 'Alle Mitglieder',
  everyMemberRule: 'können den ganzen Raum benachrichtigen',
  onlyModerators: 'Eigentümer und Moderatoren',
  onlyModeratorsRule: 'Mitglieder können @room und @here nicht verwenden',
  membersNotify: 'Alle Mitglieder können @room und @here verwenden',
  moderatorsNotify: 'Nur Eigentümer und Moderatoren können @room und @here verwenden',

  takeOut: 'Aus dem Raum entfernen…',
  takeOutTitle: '<person/> aus <room/> entfernen?',
  takeOutAction: 'Entfernen',
  takeOutOfOpen:
    'Die Person verliert den Zugang sofort, auch wenn sie den Raum gerade offen hat. Ihre Nachrichten bleiben. Der Raum ist offen: Wenn du sie nicht fernhältst, kann sie gleich wieder beitreten und alles lesen.',
  takeOutOfClosed:
    'Die Person verliert den Zugang sofort, auch wenn sie den Raum gerade offen hat. Ihre Nachrichten bleiben. Ein Eigentümer oder Moderator kann sie wieder hinzufügen.',
  keepOut: 'Fernhalten, bis ein Mitglied sie wieder hinzufügt',

  leave: 'Raum verlassen',
  leaveTitle: '<room/> verlassen?',
  leaveNotYet: 'Du kannst <room/> noch nicht verlassen',
  leaveOnlyOwner:
    'Du bist der einzige Eigentümer, und ein Raum braucht einen. Mach zuerst jemand anderen dazu, im Menü neben dem Namen in der Liste der Mitglieder.',
  leaveOpen:
    'Der Raum verschwindet sofort aus deiner Liste, und du bekommst keine Nachrichten mehr aus ihm. Deine eigenen Nachrichten bleiben. Du kannst jederzeit wieder beitreten.',
  leaveAlone:
    'Der Raum verschwindet sofort aus deiner Liste, und du bekommst keine Nachrichten mehr aus ihm. Deine eigenen Nachrichten bleiben. Außer dir ist niemand darin: Wenn du gehst, kann ihn niemand mehr lesen oder ihm beitreten.',
  leaveClosed:
    'Der Raum verschwindet sofort aus deiner Liste, und du bekommst keine Nachrichten mehr aus ihm. Deine eigenen Nachrichten bleiben. Nur ein Eigentümer oder Moderator kann dich wieder hinzufügen.',
})
