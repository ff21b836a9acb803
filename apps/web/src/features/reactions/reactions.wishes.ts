import { reactionsKey } from '@conclave/client/keys/messages.keys'
import type { Result } from '@conclave/shared/contract'
import type { Reaction } from '@conclave/shared/messages'
import type { QueryClient } from '@tanstack/react-query'
import {
  withReaction,
  type listReactions,
  type SetReaction,
  type setReaction,
} from '@conclave/shared/reactions'
import { isTransient, waitSeconds } from '../../server/problem-message.ts'
import { sleep } from '../../server/sleep.ts'

const RETRY_FIRST_MS = 500
/** After so many retries it is undone, with the reason. */
const RETRIES = 3
/** A server that asks for a longer wait gets no retry: nobody believes in a reaction that is shown and not saved. */
const WAIT_MAX_SECONDS = 2

type Answer = Result<typeof setReaction>
type Listed = Result<typeof listReactions>

/** What this page knows of a message's reactions beyond the message itself. */
export interface Known {
  /** What I want and the server has not confirmed yet, by emoji. */
  readonly wishes: ReadonlyMap<string, boolean>
  /** What the server answered last; the message's own reactions are newer once its revision is not lower. */
  readonly answer?: Answer
  /** Who reacted, where they are more people than the message names. */
  readonly listed?: Listed
  /** Whether I did, by emoji; by the latest answer that said so. */
  readonly mine: ReadonlyMap<string, boolean>
}

export interface ShownReaction extends Reaction {
  mine: boolean
}

export interface Wishes {
  /** By the id of the message; another map after each change. */
  current: () => ReadonlyMap<string, Known>
  subscribe: (onChange: () => void) => () => void
  /** Shows it at once and saves it; what was wished last is what is saved. */
  wish: (messageId: string, wish: SetReaction) => void
  /** Asks who reacted, unless that is known as of this revision. */
  list: (messageId: string, rev: number) => Promise<void>
}

const NOTHING: Known = { wishes: new Map(), mine: new Map() }

interface Server {
  set: (messageId: string, wish: SetReaction) => Promise<Answer>
  list: (messageId: string) => Promise<Listed>
  onRefused: (wish: SetReaction, error: unknown) => void
}

/**
 * What I want in this room, kept with the session's data: so that what is being saved is also shown to somebody who
 * leaves the room and comes back, and counts as on its way for whoever would reload the page.
 */
export function wishesIn(queryClient: QueryClient, roomId: string, server: Server): Wishes {
  const key = reactionsKey(roomId)
  const kept = queryClient.getQueryData<Wishes>(key)
  if (kept) return kept
  const mutations = queryClient.getMutationCache()
  const wishes = createWishes(server, async (saving) =>
    mutations.build(queryClient, { mutationFn: () => saving }).execute(undefined),
  )
  queryClient.setQueryData(key, wishes)
  return wishes
}

/**
 * Saves what I want of the messages of one room, one request at a time for each emoji of a message. `onRefused` hears of
 * what was undone; `onSaving` is given what lasts until a wish is saved or undone.
 */
function createWishes(
  { set, list, onRefused }: Server,
  onSaving: (saving: Promise<void>) => Promise<void>,
): Wishes {
  const { current, subscribe, of, change } = createKnown()
  const busy = new Set<string>()

  function wish(messageId: string, wish: SetReaction): void {
    change(messageId, withWish(of(messageId), wish))
    void onSaving(once(`${messageId} ${wish.emoji}`, () => save(messageId, wish.emoji)))
  }

  async function save(messageId: string, emoji: string): Promise<void> {
    for (let failures = 0; ;) {
      const reacted = of(messageId).wishes.get(emoji)
      if (reacted === undefined) return
      const wish = { emoji, reacted }
      try {
        const answer = await set(messageId, wish)
        // What was wished meanwhile is saved next.
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
    // Without it the names of the first ones are shown; it is asked for again when somebody looks again.
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

/** What is shown below a message: its own reactions or a newer answer, with what I want of them. */
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

/** "You, Bob and 3 others"; `nameOf` answers undefined for somebody this page knows no name of. */
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
