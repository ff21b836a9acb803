import { setTimeout as delay } from 'node:timers/promises'
import type { Conclave } from '../contestants/conclave.ts'
import { textOf } from '../measures/texts.ts'

const PER_SECOND = 20
const TALKERS = 10

export interface Said {
  seq: number
  sentAt: number
}

/** Posts at a fixed rate, whatever the answers, until it is stopped; `stop` resolves to all posts. */
export function startPosts(conclave: Conclave, room: number): { stop(): Promise<Said[]> } {
  const posts: Promise<Said>[] = []
  const stopping = new AbortController()
  const { signal } = stopping
  const talking = talk()

  async function talk(): Promise<void> {
    const startedAt = performance.now()
    for (let turn = 0; !signal.aborted; turn++) {
      const early = startedAt + (turn * 1_000) / PER_SECOND - performance.now()
      if (early > 0) await delay(early, undefined, { signal }).catch(() => undefined)
      if (!signal.aborted) posts.push(say(turn))
    }
  }

  async function say(turn: number): Promise<Said> {
    const sentAt = performance.now()
    const { seq = 0 } = await conclave.post(turn % TALKERS, room, textOf(turn))
    return { seq, sentAt }
  }

  return {
    async stop() {
      stopping.abort()
      await talking
      return Promise.all(posts)
    },
  }
}
