import type { CompiledMessage } from 'icu-minify/format'
import { wordKey } from '../word-key.ts'
import { addMembers } from './add-members.de.ts'
import { admin } from './admin.de.ts'
import { app } from './app.de.ts'
import { common } from './common.de.ts'
import { config } from './config.de.ts'
import { connection } from './connection.de.ts'
import { dates } from './dates.de.ts'
import { edits } from './edits.de.ts'
import { keys } from './keys.de.ts'
import { length } from './length.de.ts'
import { lines } from './lines.de.ts'
import { lists } from './lists.de.ts'
import { members } from './members.de.ts'
import { messageActions } from './message-actions.de.ts'
import { messages } from './messages.de.ts'
import { myMenu } from './my-menu.de.ts'
import { openRooms } from './open-rooms.de.ts'
import { people } from './people.de.ts'
import { problemSentences } from './problem-sentences.de.ts'
import { problems } from './problems.de.ts'
import { quotes } from './quotes.de.ts'
import { reactions } from './reactions.de.ts'
import { reads } from './reads.de.ts'
import { rooms } from './rooms.de.ts'
import { roomsLater } from './rooms-later.de.ts'
import { search } from './search.de.ts'
import { sessionProblems } from './session-problems.de.ts'
import { sessions } from './sessions.de.ts'
import { signInProblems } from './sign-in-problems.de.ts'
import { signIn } from './sign-in.de.ts'
import { signOut } from './sign-out.de.ts'
import { start } from './start.de.ts'
import { team } from './team.de.ts'
import { unread } from './unread.de.ts'
import { workspace } from './workspace.de.ts'
import { writing } from './writing.de.ts'

const SENTENCES: Readonly<Record<string, CompiledMessage>> = {
  ...addMembers,
  ...admin,
  ...app,
  ...common,
  ...config,
  ...connection,
  ...dates,
  ...edits,
  ...keys,
  ...length,
  ...lines,
  ...lists,
  ...members,
  ...messageActions,
  ...messages,
  ...myMenu,
  ...openRooms,
  ...people,
  ...problemSentences,
  ...problems,
  ...quotes,
  ...reactions,
  ...reads,
  ...rooms,
  ...roomsLater,
  ...search,
  ...sessionProblems,
  ...sessions,
  ...signInProblems,
  ...signIn,
  ...signOut,
  ...start,
  ...team,
  ...unread,
  ...workspace,
  ...writing,
}

export function german(english: CompiledMessage): CompiledMessage {
  return SENTENCES[wordKey(english)] ?? english
}
