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
import * as words from '../../words/en/reactions.en.ts'
import { listed } from '../../words/listed.ts'
import { t } from '../../words/say.ts'

const RETRY_FIRST_MS = 500
/** After so many retries the wish is undone, and the person is told why. */
const RETRIES = 3
/** No retry if the server asks for a longer wait: for so long, a reaction must not be shown that is not saved. */
const WAIT_MAX_SECONDS = 2

type Answer = Result<typeof setReaction>
type Listed = Result<typeof listReactions>

/** What this page knows of a message's reactions besides the message itself. */
export interface Known {
  /** My wishes that the server has not confirmed yet, by emoji. */
  readonly wishes: ReadonlyMap<string, boolean>
  /** The server's last answer. Once the message has the same or a later revision, its own reactions are used instead. */
  readonly answer?: Answer
  /** Who reacted, where the message does not name everybody. */
  readonly listed?: Listed
  /** Whether I reacted, by emoji, according to the latest answer that said so. */
  readonly mine: ReadonlyMap<string, boolean>
}

export interface ShownReaction extends Reaction {
  mine: boolean
}

export interface Wishes {
  /** By the id of the message; a new map after each change. */
  current: () => ReadonlyMap<string, Known>
  subscribe: (onChange: () => void) => () => void
  /** Shows the wish at once and saves it; of several for one emoji, the last is what stays. */
  wish: (messageId: string, wish: SetReaction) => void
  /** Fetches who reacted, unless that is known at this revision. */
  list: (messageId: string, rev: number) => Promise<void>
}

const NOTHING: Known = { wishes: new Map(), mine: new Map() }

interface Server {
  set: (messageId: string, wish: SetReaction) => Promise<Answer>
  list: (messageId: string) => Promise<Listed>
  onRefused: (wish: SetReaction, error: unknown) => void
}

/**
 * My wishes in this room. They are kept in the query cache: somebody who leaves the room and comes back still sees what is
 * being saved, and the page does not reload by itself before it is saved.
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
 * Saves the wishes for the messages of one room, one request at a time for each emoji of a message. `onRefused` is called
 * when a wish was undone; `onSaving` gets a promise that settles when a wish is saved or undone.
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
        // If the wish has changed since the request, the new one is saved next.
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
    // If this fails, the names in the message are shown; the next time somebody looks, it is tried again.
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

/** The reactions shown below a message: those of the message or of a newer answer, with my wishes applied. */
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

/** "You, Bob and 3 others"; `nameOf` returns undefined for people whose names this page does not have. */
export function namesOf(
  { people, count, mine }: ShownReaction,
  myId: string,
  nameOf: (id: string) => string | undefined,
): string {
  const others = people.filter((id) => id !== myId).map(nameOf)
  const names = [...(mine ? [t(words.you)] : []), ...others.filter((name) => name !== undefined)]
  const more = Math.max(count - names.length, 0)
  return listed(more === 0 ? names : [...names, counted(more, names.length > 0)])
}

function counted(count: number, areOthers: boolean): string {
  return t(areOthers ? words.others : words.people, { count })
}

function isWorthARetry(error: unknown, failures: number): boolean {
  return failures < RETRIES && isTransient(error) && (waitSeconds(error) ?? 0) <= WAIT_MAX_SECONDS
}
