import type { Stack } from '@conclave/dev-stack/stack'
import { editMessage } from '@conclave/shared/edits'
import { addMember } from '@conclave/shared/members'
import { postMessage } from '@conclave/shared/messages'
import { getMe } from '@conclave/shared/people'
import { setReaction } from '@conclave/shared/reactions'
import { createRoom } from '@conclave/shared/rooms.create'
import { v7 } from 'uuid'
import type { Name } from './actions.ts'
import { callAs } from './api-client.ts'

/** A room in which people have formatted, answered, edited and reacted, for the pictures. */
export async function talkOfTheDay(stack: Stack) {
  const [alice, bob, carol] = await Promise.all([
    callAs(stack, 'alice'),
    callAs(stack, 'bob'),
    callAs(stack, 'carol'),
  ])
  const calls: Partial<Record<Name, typeof alice>> = { alice, bob, carol }
  const people = await Promise.all([alice, bob, carol].map(async (call) => call(getMe, {})))
  const name = 'Reconnect'
  const { id: roomId } = await carol(createRoom, { body: { kind: 'closed', name } })
  const params = { roomId }
  for (const { id: personId } of people.slice(0, 2))
    await carol(addMember, { params, body: { personId } })

  async function post(who: Name, text: string, replyTo?: string): Promise<string> {
    const body = { id: v7(), text, ...(replyTo === undefined ? {} : { replyTo }) }
    await calls[who]!(postMessage, { params, body })
    return body.id
  }
  async function react(who: Name, messageId: string, emoji: string): Promise<void> {
    const body = { emoji, reacted: true }
    await calls[who]!(setReaction, { params: { roomId, messageId }, body })
  }

  const plan = await post(
    'carol',
    [
      'Three things before Thursday:',
      '',
      '1. the **reconnect** after a lid is closed',
      '2. the sentence beside a message that waits',
      '3. ~~a new colour~~ no, not now',
    ].join('\n'),
  )
  await react('bob', plan, '👍')
  await react('alice', plan, '👍')
  const wait = await post('bob', 'I have the first. It waits a little longer each time:')
  const code = 'const wait = Math.min(2 ** attempt, 30)'
  await post('bob', ['```ts', code, 'await delay(jittered(wait * 1_000))', '```'].join('\n'))
  const ask = await post(
    'alice',
    `<@${people[1]!.id}> does \`jittered\` go below one second?`,
    wait,
  )
  const answer = await post('bob', 'Never, half a second is the least.', ask)
  await bob(editMessage, {
    params: { roomId, messageId: answer },
    body: { text: 'Never: half a second is the least, and the server may ask for more.' },
  })
  await react('alice', answer, '🎉')
  await post('carol', '> half a second is the least\n\nGood. Write that into the guide, please.')
  const last = 'It is in the guide now, under reconnect.'
  await post('bob', last)
  return { name, roomId, code: 'Math', last, word: 'reconnect' }
}
