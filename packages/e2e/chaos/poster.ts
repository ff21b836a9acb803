import { ProblemError } from '@conclave/shared/client'
import { postMessage, type Message, type PostMessage } from '@conclave/shared/messages'
import { v7 as uuidv7 } from 'uuid'
import type { Person } from './person.ts'
import { between, type Random } from './random.ts'
import {
  answered as answeredBy,
  noteSaid,
  secondThought,
  type Said,
  type SecondThought,
} from './second-thoughts.ts'
import { pause } from './wait.ts'

const RETRY_LEAST_MS = 50
const RETRY_MOST_MS = 250
/** Over the broker's limit, so that its event is published as its revision only. */
const LONG_CHARS = 8_000
/** How often the first answer is thrown away, and the post repeated twice at once. */
const CARELESS_SHARE = 0.15
const CARELESS_AFTER_MS = 25
const ASLEEP_LOOK_MS = 50
/** One of so many posts notifies everybody. */
const MENTIONING_EVERY = 9

export interface PosterCounts {
  retried: number
  repeats: number
  thrownAway: number
  /** Answers to one post that were not the same, or two that both said it was stored just now. */
  disagreements: number
  /** Attempts answered with a 503. */
  unavailable: number
  /** Messages that answer another, and what was done after a message was stored. */
  answers: number
  edited: number
  removed: number
  reacted: number
  read: number
  moderated: number
}

export interface Poster {
  /** In the order in which they were answered; each as it was last changed by its author. */
  readonly acknowledged: readonly Message[]
  readonly counts: Readonly<PosterCounts>
  /** Of each attempt that was answered with the message: when it began, and how long it took. */
  readonly answered: readonly { at: number; ms: number }[]
  /** What it is doing, for a run that hangs. */
  readonly doing: () => string
  /** Settles when the last post is answered. */
  readonly done: Promise<void>
  stop(): void
}

export interface Posting {
  person: Person
  roomId: string
  random: Random
  /** How long to wait between two posts, on average; it may change. */
  pace: { pauseMs: number }
  /** One of so many posts is long. */
  longEvery: number
  signal: AbortSignal
  /** What everybody said of late. */
  said: Said
  isModerator: boolean
  /** A message is stored for sure: just now, or by an attempt whose answer was lost. */
  onStored: (message: Message) => void
}

type Answer = Awaited<ReturnType<Person['post']>>

/** Posts one message after the other, each with one id, with retries until it is answered. */
export function startPoster(posting: Posting): Poster {
  const { person, roomId, random, pace, signal, onStored } = posting
  const acknowledged: Message[] = []
  const answered: { at: number; ms: number }[] = []
  const counts: PosterCounts = {
    retried: 0,
    repeats: 0,
    thrownAway: 0,
    disagreements: 0,
    unavailable: 0,
    answers: 0,
    edited: 0,
    removed: 0,
    reacted: 0,
    read: 0,
    moderated: 0,
  }
  const state = { stopped: false }
  const now = { what: 'starting', since: performance.now(), lastFailure: 'none' }

  function begin(what: string): void {
    now.what = what
    now.since = performance.now()
  }

  async function run(): Promise<void> {
    for (let count = 1; !state.stopped; count++) {
      begin(`saying message ${count}`)
      const text = textOf(count)
      const said = await say({ id: uuidv7(), text, ...answeredBy(random, posting.said) })
      acknowledged.push(said)
      if (said.replyTo) counts.answers += 1
      noteSaid(posting.said, said)
      begin(`changing message ${count}`)
      const thought = secondThought(random, posting)
      if (thought) acknowledged.splice(-1, 1, await change(said, thought))
      begin(`waiting after message ${count}`)
      await pause(between(random, 0, 2 * pace.pauseMs), signal)
      while (person.network.state === 'asleep') await pause(ASLEEP_LOOK_MS, signal)
    }
  }

  async function say(body: PostMessage): Promise<Message> {
    const isCareless = random() < CARELESS_SHARE
    if (isCareless) await throwAway(body)
    for (let attempt = 1; ; attempt++) {
      const message = await sayOnce(body, isCareless ? 2 : 1)
      if (message) return message
      if (attempt === 1) counts.retried += 1
      await pause(between(random, RETRY_LEAST_MS, RETRY_MOST_MS), signal)
    }
  }

  async function change(said: Message, thought: SecondThought): Promise<Message> {
    for (;;) {
      const changed = await thought.act(person, said).catch(noteFailure)
      if (changed) {
        counts[thought.kind] += 1
        onStored(changed)
        return changed
      }
      await pause(between(random, RETRY_LEAST_MS, RETRY_MOST_MS), signal)
    }
  }

  /** Sends it and ignores the answer. */
  async function throwAway(body: PostMessage): Promise<void> {
    counts.thrownAway += 1
    const impatience = AbortSignal.timeout(Math.ceil(between(random, 0, CARELESS_AFTER_MS)))
    await person.post(roomId, body, impatience).catch(() => undefined)
  }

  async function sayOnce(body: PostMessage, times: number) {
    const at = performance.now()
    const results = await Promise.allSettled(
      Array.from({ length: times }, async () => person.post(roomId, body)),
    )
    for (const result of results) if (result.status === 'rejected') noteFailure(result.reason)
    const answers = results.flatMap((result) =>
      result.status === 'fulfilled' ? [result.value] : [],
    )
    const [first] = answers
    if (!first) return undefined
    answered.push({ at, ms: performance.now() - at })
    noteAnswers(first, answers)
    return first.message
  }

  function noteAnswers(first: Answer, answers: Answer[]): void {
    const created = answers.filter(({ status }) => status === postMessage.status).length
    const same = answers.every(
      ({ message }) => JSON.stringify(message) === JSON.stringify(first.message),
    )
    if (created > 1 || !same) counts.disagreements += 1
    counts.repeats += answers.length - created
    onStored(first.message)
  }

  /** Any error but a temporary one is a finding. */
  function noteFailure(error: unknown): void {
    now.lastFailure = error instanceof ProblemError ? error.slug : String(error)
    if (error instanceof ProblemError && error.slug === 'unavailable') counts.unavailable += 1
    else if (!isWorthRetrying(error)) throw error
  }

  function textOf(count: number): string {
    const everybody = count % MENTIONING_EVERY === 0 ? '<!here> ' : ''
    const line = `${everybody}${person.name} ${count}: “żółć” 日本語 👩🏽‍🚀 <b>&amp;</b> ${random()}`
    return count % posting.longEvery === 0 ? line + incompressible() : line
  }

  /** Random text, so that Postgres cannot compress it. */
  function incompressible(): string {
    let text = ''
    while (text.length < LONG_CHARS) text += random().toString(36)
    return text
  }

  return {
    acknowledged,
    counts,
    answered,
    doing: () =>
      `${person.name}: ${now.what} for ${seconds(performance.now() - now.since)}, network ` +
      `${person.network.state}, last failure: ${now.lastFailure}`,
    done: run(),
    stop: () => {
      state.stopped = true
    },
  }
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`
}

function isWorthRetrying(error: unknown): boolean {
  if (error instanceof ProblemError) return error.slug === 'slow-down'
  return error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError')
}
