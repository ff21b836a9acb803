/** A few days of conversation, so that a new stack does not start empty. */

type Name = 'alice' | 'bob' | 'carol'

export interface SeedLine {
  who: Name
  /** Days before today, and the local time then; today's lines count minutes before now instead. */
  when: { daysAgo: number; at: string } | { minutesAgo: number }
  text: string
}

function day(daysAgo: number, lines: [at: string, who: Name, text: string][]): SeedLine[] {
  return lines.map(([at, who, text]) => ({ who, when: { daysAgo, at }, text }))
}

function today(lines: [minutesAgo: number, who: Name, text: string][]): SeedLine[] {
  return lines.map(([minutesAgo, who, text]) => ({ who, when: { minutesAgo }, text }))
}

export const GENERAL: SeedLine[] = [
  ...day(3, [
    ['09:04', 'carol', 'Welcome, both. This is ours now: our server, our history, our keys.'],
    ['09:06', 'alice', 'Feels good already. Where do you want the release notes to live?'],
    ['09:07', 'carol', 'Here for now. If it gets loud we open a room for them.'],
    ['09:31', 'bob', 'Moved the staging box last night. Nothing to do on your side.'],
    ['09:31', 'bob', 'If something looks odd, tell me before lunch and I will put it back.'],
    ['11:48', 'alice', 'All green here. Thank you for doing that at a civil hour for once.'],
  ]),
  ...day(2, [
    [
      '08:52',
      'bob',
      'Morning. The train is stuck at the bridge again, I am on the phone until ten.',
    ],
    ['08:55', 'carol', 'No rush. The review can wait until you sit down.'],
    ['10:20', 'bob', 'Sitting. With coffee. Ready when you are.'],
    [
      '15:05',
      'alice',
      'Draft of the announcement:\n\n“One room, one key. What you say in it stays in it.”\n\nToo much?',
    ],
    ['15:09', 'carol', 'Keep the second sentence. The first one is for a poster.'],
    ['15:10', 'bob', 'I would hang that poster.'],
  ]),
  ...day(1, [
    [
      '09:15',
      'alice',
      'Does anyone still need the old wiki? I would like to switch it off on Friday.',
    ],
    ['09:22', 'bob', 'Only the page about the printer. I copied it out.'],
    ['09:40', 'carol', 'Then let it go. Good riddance with thanks.'],
    [
      '16:30',
      'bob',
      'Short demo tomorrow at two? I have the reconnect working even with the lid closed.',
    ],
    ['16:33', 'alice', 'Yes please. I will bring the cable that always breaks things.'],
  ]),
  ...today([
    [52, 'carol', 'Two o’clock it is. Small table, the one by the window.'],
    [47, 'alice', 'Reminder to self: try it with the phone in the lift.'],
    [12, 'bob', 'Tried it. Came back on the fourth floor, nothing missing, nothing twice.'],
  ]),
]

export const DESIGN: SeedLine[] = [
  ...day(2, [
    [
      '13:10',
      'carol',
      'Closed room for the identity work. Just Alice and me until it is ready to show.',
    ],
    ['13:14', 'alice', 'Good. I have three keyholes. Two of them look like exclamation marks.'],
    ['13:15', 'carol', 'Then we have one keyhole.'],
  ]),
  ...day(1, [
    ['11:02', 'alice', 'Paper, ink and a little brass. Everything else can be quiet.'],
    ['11:20', 'carol', 'Brass only where a finger goes. I like that as a rule.'],
  ]),
  ...today([
    [33, 'carol', 'The dark version is warmer than I expected. Keep it.'],
    [31, 'carol', 'Can you try the mark at sixteen pixels before we show Bob?'],
  ]),
]

export const ALICE_BOB: SeedLine[] = [
  ...day(1, [
    ['17:45', 'bob', 'Are you taking the early train tomorrow?'],
    ['17:47', 'alice', 'Yes. Save me the seat away from the speaker.'],
  ]),
  ...today([[26, 'bob', 'Seat saved. Speaker still broken, so you are welcome twice.']]),
]
