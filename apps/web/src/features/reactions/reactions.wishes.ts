import type { Result } from '@conclave/shared/contract'
import type { Reaction } from '@conclave/shared/messages'
import {
  withReaction,
  type listReactions,
  type SetReaction,
  type setReaction,
} from '@conclave/shared/reactions'
import { isTransient, waitSeconds } from '../../server/problem-message.ts'

const RETRY_FIRST_MS = 500
/** After so many retries it is undone, with the reason. */
const RETRIES = 3
/** If the server asks for a longer wait, there is no retry: the reaction would be shown for too long without being saved. */
const WAIT_MAX_SECONDS = 2

type Answer = Result<typeof setReaction>
type Listed = Result<typeof listReactions>

/** What this page knows of a message's reactions beyond the message itself. */
export interface Known {
  /** What I want and the server has not confirmed yet, by emoji. */
  readonly wishes: ReadonlyMap<string, boolean>
  /** The server's latest answer; ignored once the message's revision is not lower. */
  readonly answer?: Answer
  /** Who reacted, if more people did than the message names. */
  readonly listed?: Listed
  /** Whether I reacted, by emoji, from the latest answer that has it. */
  readonly mine: ReadonlyMap<string, boolean>
}

export interface ShownReaction extends Reaction {
  mine: boolean
}

export interface Wishes {
  /** By the id of the message; a new map after each change. */
  current: () => ReadonlyMap<string, Known>
  subscribe: (onChange: () => void) => () => void
  /** Shows it at once and saves it; the latest wish is what is saved. */
  wish: (messageId: string, wish: SetReaction) => void
  /** Fetches who reacted, unless that is known as of this revision. */
  list: (messageId: string, rev: number) => Promise<void>
}

const NOTHING: Known = { wishes: new Map(), mine: new Map() }

/**
 * Saves my wishes for the messages of one room, one request at a time for each emoji of a message. `onRefused` is called
 * with each wish that was undone.
 */
export function createWishes(options: {
  set: (messageId: string, wish: SetReaction) => Promise<Answer>
  list: (messageId: string) => Promise<Listed>
  onRefused: (wish: SetReaction, error: unknown) => void
}): Wishes {
  const { set, list, onRefused } = options
  const { current, subscribe, of, change } = createKnown()
  const busy = new Set<string>()

  function wish(messageId: string, wish: SetReaction): void {
    change(messageId, withWish(of(messageId), wish))
    void once(`${messageId} ${wish.emoji}`, () => save(messageId, wish.emoji))
  }

  async function save(messageId: string, emoji: string): Promise<void> {
    for (let failures = 0; ;) {
      const reacted = of(messageId).wishes.get(emoji)
      if (reacted === undefined) return
      const wish = { emoji, reacted }
      try {
        const answer = await set(messageId, wish)
        // A wish made during the request is saved next.
        change(messageId, settled(of(messageId), wish, answer))
        failures = 0
      } catch (error) {
        if (!isWorthARetry(error, failures)) {
          change(messageId, withoutWish(of(messageId), emoji))
          onRefused(wish, error)
          return
        }
        await sleep(Math.max((waitSeconds(error) ?? 0) * 1_000, RETRY_FIRST_MS * 2 ** failures))
        failures += 1
      }
    }
  }

  async function listOnce(messageId: string, rev: number): Promise<void> {
    if ((of(messageId).listed?.rev ?? -1) >= rev) return
    // If it fails, the first names are shown; the next time names are shown it is fetched again.
    await once(messageId, async () => {
      const listed = await list(messageId)
      const mine = new Map(listed.reactions.map((reaction) => [reaction.emoji, reaction.mine]))
      change(messageId, { ...of(messageId), listed, mine })
    }).catch(() => undefined)
  }

  async function once(key: string, work: () => Promise<void>): Promise<void> {
    if (busy.has(key)) return
    busy.add(key)
    await work().finally(() => busy.delete(key))
  }

  return { current, subscribe, wish, list: listOnce }
}

function createKnown() {
  const listeners = new Set<() => void>()
  let known: ReadonlyMap<string, Known> = new Map()

  function change(messageId: string, changed: Known): void {
    known = new Map(known).set(messageId, changed)
    for (const listener of listeners) listener()
  }

  function subscribe(onChange: () => void): () => void {
    listeners.add(onChange)
    return () => listeners.delete(onChange)
  }

  const of = (messageId: string): Known => known.get(messageId) ?? NOTHING
  return { current: () => known, subscribe, of, change }
}

function withWish(known: Known, { emoji, reacted }: SetReaction): Known {
  return { ...known, wishes: new Map(known.wishes).set(emoji, reacted) }
}

function withoutWish(known: Known, emoji: string): Known {
  return { ...known, wishes: new Map([...known.wishes].filter(([other]) => other !== emoji)) }
}

function settled(before: Known, { emoji, reacted }: SetReaction, answer: Answer): Known {
  const mine = new Map(before.mine).set(emoji, reacted)
  const isNewest = !before.answer || before.answer.rev <= answer.rev
  const known = { ...before, mine, ...(isNewest ? { answer } : {}) }
  return known.wishes.get(emoji) === reacted ? withoutWish(known, emoji) : known
}

/** The reactions to show below a message: its own or a newer answer, with my wishes applied. */
export function shownReactions(
  message: { rev: number; reactions?: readonly Reaction[] },
  known: Known = NOTHING,
  myId: string,
): ShownReaction[] {
  const { answer, wishes, mine } = known
  const stored = answer && answer.rev > message.rev ? answer.reactions : (message.reactions ?? [])
  const isMine = (reaction: Reaction) =>
    reaction.people.includes(myId) || (isMore(reaction) && (mine.get(reaction.emoji) ?? false))
  const wished = [...wishes].filter(([emoji, reacted]) => {
    const reaction = stored.find((one) => one.emoji === emoji)
    return reacted !== (reaction !== undefined && isMine(reaction))
  })
  return wished
    .reduce<readonly Reaction[]>(
      (reactions, [emoji, reacted]) => withReaction(reactions, { emoji, reacted }, myId),
      stored,
    )
    .map((reaction) => ({ ...reaction, mine: wishes.get(reaction.emoji) ?? isMine(reaction) }))
}

/** Whether more people reacted than are named. */
export function isMore({ people, count }: Reaction): boolean {
  return count > people.length
}

/** "You, Bob and 3 others"; `nameOf` returns undefined for somebody whose name this page does not know. */
export function namesOf(
  { people, count, mine }: ShownReaction,
  myId: string,
  nameOf: (id: string) => string | undefined,
): string {
  const others = people.filter((id) => id !== myId).map(nameOf)
  const names = [...(mine ? ['You'] : []), ...others.filter((name) => name !== undefined)]
  const more = Math.max(count - names.length, 0)
  return LIST.format(more === 0 ? names : [...names, counted(more, names.length > 0)])
}

function counted(count: number, areOthers: boolean): string {
  const [one, many] = areOthers ? ['other', 'others'] : ['person', 'people']
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

const LIST = new Intl.ListFormat('en-GB')

function isWorthARetry(error: unknown, failures: number): boolean {
  return failures < RETRIES && isTransient(error) && (waitSeconds(error) ?? 0) <= WAIT_MAX_SECONDS
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
