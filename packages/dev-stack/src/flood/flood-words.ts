/** What people, rooms and messages are made of. */
export const FIRST_NAMES = words(
  'Ada Amir Anna Ben Bruno Chidi Clara Dana David Elif Emma Farid Greta Hana Hugo Ines Ivan Jana Jonas Kofi Laila Leo Lina Malik Mara Mei Milan Nadia Noah Nora Omar Paula Pavel Quinn Rosa Samir Sofia Tariq Vera Yara',
)
export const LAST_NAMES = words(
  'Abebe Alvarez Andersen Baker Bauer Bianchi Chen Costa Dubois Eriksen Fischer Garcia Haddad Hansen Ito Jansen Kaya Keller Khan Kim Kowalski Kumar Larsen Lopez Martin Mensah Meyer Moreau Nguyen Novak Okafor Olsen Park Patel Petrov Popescu Ramos Rossi Sato Schmidt Silva Singh Svensson Tanaka Vogel Walker Weber Wilson Yilmaz Zhang',
)
export const TOPICS = words(
  'Release Support Hiring Research Platform Payments Search Mobile Docs Security Travel Books Music Running Coffee Finance Legal Sales Partners Garden',
)
/** Two of them make a message of about a hundred characters. */
export const SENTENCES = [
  'The build is green again, thank you for looking into it so quickly.',
  'Can somebody have a look at the second page of the draft?',
  'I moved the meeting to Thursday, the room by the window is free.',
  'Done.',
  'That was the cache after all; it is empty now.',
  'Who has the key to the cupboard downstairs?',
  'The customer is happy, and so am I.',
  'Let us keep the old name until the end of the month.',
  'I cannot repeat it here. Which browser was it?',
  'The numbers of last week are in the usual place.',
  'Please read it before lunch, it is only half a page.',
  'Good idea, I will try it this afternoon.',
  'It has been quiet since the last change.',
  'We need one more person for the shift on Friday.',
  'The new monitor arrived, it is on your desk.',
  'I will be late, the train is stuck at the bridge again.',
]

function words(text: string): string[] {
  return text.split(' ')
}
