import { listMembers, type Members } from '@conclave/shared/members'
import { catchUpMembers, foldMembers } from '@conclave/shared/members.fold'
import { everyMember } from '@conclave/shared/pages'
import { ALL_MEMBERS_KEY, membersKey } from '../keys/members.keys.ts'
import { entryAt, type ChangingPart } from './part-kinds.ts'

/** Who is in a room. */
export const members: ChangingPart<Members> = {
  stream: 'room',
  entry: entryAt(membersKey),
  fold: foldMembers,
  catchUp: catchUpMembers,
  check: (event, { next }) => {
    if (event.type !== 'member.updated') return true
    const held = next?.members.find(({ personId }) => personId === event.data.personId)
    // A role changes; when somebody came, and with it their place in the list, does not.
    return held === undefined || held.joinedAt === event.data.joinedAt
  },
  load: ({ call, id }) =>
    everyMember((query) => call(listMembers, { params: { roomId: id }, query })),
  forgets: [ALL_MEMBERS_KEY],
}
