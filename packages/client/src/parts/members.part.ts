import { listMembers, type Members } from '@conclave/shared/members'
import { catchUpMembers, foldMembers } from '@conclave/shared/members.fold'
import { everyMember } from '@conclave/shared/pages'
import { ALL_MEMBERS_KEY, membersKey } from '../keys/members.keys.ts'
import { entryAt, type ChangingPart } from './part-kinds.ts'

/** The members of a room. */
export const members: ChangingPart<Members> = {
  stream: 'room',
  entry: entryAt(membersKey),
  fold: foldMembers,
  catchUp: catchUpMembers,
  check: (event, { next }) => {
    if (event.type !== 'member.updated') return true
    const known = next?.members.find(({ personId }) => personId === event.data.personId)
    // A role can change; the time of joining, which orders the list, cannot.
    return known === undefined || known.joinedAt === event.data.joinedAt
  },
  load: ({ call, id }) =>
    everyMember((query) => call(listMembers, { params: { roomId: id }, query })),
  forgets: [ALL_MEMBERS_KEY],
}
