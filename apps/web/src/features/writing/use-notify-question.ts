import { countOnline, ONLINE_COUNTED_MAX } from '@conclave/shared/members.online'
import { mentionsIn } from '@conclave/shared/mentions'
import { useState } from 'react'
import { useCall, type Call } from '../../server/call.ts'
import { sleep } from '../../server/sleep.ts'
import type { WrittenIn } from './assist.ts'

/** With more people than this, their author is asked before they are all notified. */
const ASKED_ABOVE = 10
/** The author waits for the answer. */
const COUNTED_WITHIN_MS = 2_000

/** A question before a text is sent; undefined count: how many are online is not known. */
export interface NotifyAsked {
  text: string
  notifies: 'room' | 'here'
  count: number | undefined
  isMore: boolean
}

/** Asks before a message notifies many people. */
export function useNotifyQuestion({ room, onSend }: WrittenIn) {
  const call = useCall()
  const [asked, setAsked] = useState<NotifyAsked>()
  const [isCounting, setCounting] = useState(false)
  const others = room.memberCount - 1

  /** Whether a text is not sent, or not yet. */
  function holds(text: string): boolean {
    const { notifies } = mentionsIn(text)
    if (notifies === undefined || others <= ASKED_ABOVE) return false
    if (notifies === 'room') setAsked({ text, notifies, count: others, isMore: false })
    else if (!isCounting) void askOnline(text)
    return true
  }

  async function askOnline(text: string): Promise<void> {
    setCounting(true)
    const count = await Promise.race([onlineIn(call, room.id), sleep(COUNTED_WITHIN_MS)])
    setCounting(false)
    if (typeof count === 'number' && count <= ASKED_ABOVE) return onSend(text)
    const isMore = count === ONLINE_COUNTED_MAX
    setAsked({ text, notifies: 'here', count: count ?? undefined, isMore })
  }

  function answer(isYes: boolean): void {
    setAsked(undefined)
    if (asked && isYes) onSend(asked.text)
  }

  return { asked, holds, answer }
}

async function onlineIn(call: Call, roomId: string): Promise<number | undefined> {
  try {
    return (await call(countOnline, { params: { roomId } })).online
  } catch {
    return undefined
  }
}
