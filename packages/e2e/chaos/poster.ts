import { ProblemError } from '@conclave/shared/client'
import { postMessage, type Message } from '@conclave/shared/messages'
import { v7 as uuidv7 } from 'uuid'
import type { Person } from './person.ts'
import { between, type Random } from './random.ts'
import { pause } from './wait.ts'

const RETRY_LEAST_MS = 50
const RETRY_MOST_MS = 250
const LONG_EVERY = 40
/** Over what the realtime vendor takes, so that its event says only that something changed. */
const LONG_BYTES = 8_000

export interface Poster {
  /** In the order in which they were answered. */
  readonly acknowledged: readonly Message[]
  readonly retried: number
  readonly repeats: number
  /** Settles when the last post is answered. */
  readonly done: Promise<void>
  stop(): void
}

interface Posting {
  person: Person
  roomId: string
  random: Random
  pauseMs: number
  signal: AbortSignal
  /** A message was stored just now, and not by an attempt whose answer was lost. */
  onStored: (message: Message) => void
}

/** Says one thing after the other, each with one id, again and again until it is answered. */
export function startPoster(posting: Posting): Poster {
  const { random, pauseMs, signal } = posting
  const state = { acknowledged: [] as Message[], retried: 0, repeats: 0, stopped: false }
  async function run(): Promise<void> {
    for (let count = 1; !state.stopped; count++) {
      const message = await say(uuidv7(), textOf(count))
      state.acknowledged.push(message)
      await pause(between(random, 0, 2 * pauseMs), signal)
    }
  }

  async function say(id: string, text: string): Promise<Message> {
    const { person, roomId } = posting
    for (let attempt = 1; ; attempt++) {
      try {
        const message = await person.call(postMessage, { params: { roomId }, body: { id, text } })
        if (person.lastStatus() === postMessage.repeatStatus) state.repeats += 1
        else posting.onStored(message)
        return message
      } catch (error) {
        if (!isWorthRetrying(error)) throw error
        if (attempt === 1) state.retried += 1
        await pause(between(random, RETRY_LEAST_MS, RETRY_MOST_MS), signal)
      }
    }
  }

  function textOf(count: number): string {
    const line = `${posting.person.name} ${count}: “żółć” 日本語 👩🏽‍🚀 <b>&amp;</b> ${random()}`
    return count % LONG_EVERY === 0 ? line + '…'.repeat(LONG_BYTES / 3) : line
  }

  return {
    get acknowledged() {
      return state.acknowledged
    },
    get retried() {
      return state.retried
    },
    get repeats() {
      return state.repeats
    },
    done: run(),
    stop: () => {
      state.stopped = true
    },
  }
}

/** Only what says nothing about the post itself: another answer would be a finding. */
function isWorthRetrying(error: unknown): boolean {
  if (error instanceof ProblemError) return ['unavailable', 'slow-down'].includes(error.slug)
  return error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError')
}
