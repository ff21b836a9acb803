import { v7 as uuidv7 } from 'uuid'
import type { Status } from '@conclave/shared/people'
import { control } from '../contestants/crowd.ts'
import type { ScaleWorld } from './scale-world.ts'

const STATUSES: readonly Status[] = ['busy', 'away', 'available']

/** What other people do, over HTTP. */
export interface ScaleActs {
  status: (nth: number) => Promise<void>
  openRoom: (nth: number) => Promise<void>
  otherRoom: (nth: number) => Promise<void>
  /** Creates the accounts of people who are not in the team yet; the result brings one of them into it. */
  newcomers: (count: number) => Promise<(nth: number) => Promise<void>>
}

export function actsIn(world: ScaleWorld): ScaleActs {
  const { stack, http, open, others, crowd, as, headersOf } = world
  // The owner is first, and the members of other rooms are last.
  const authors = crowd.size - 1 - others.length

  async function say(person: number, roomId: string, text: string): Promise<void> {
    await as(person).ask('POST', `/v1/rooms/${roomId}/messages`, { id: uuidv7(), text })
  }

  return {
    status: async (nth) => {
      const person = 1 + (nth % authors)
      const status = STATUSES[Math.floor(nth / authors) % STATUSES.length]
      const { status: code } = await patch(world, person, { status })
      if (code !== 200) throw new Error(`A status was answered ${code}`)
    },
    openRoom: (nth) => say(1 + (nth % authors), open.id, `Message ${nth} in the open room`),
    otherRoom: async (nth) => {
      const room = others[nth % others.length]
      if (room) await say(room.member, room.id, `Message ${nth} in another room`)
    },
    newcomers: async (count) => {
      const emails = Array.from({ length: count }, () => `newcomer-${uuidv7()}@example.com`)
      await control(stack, 'crowd', { emails })
      const tokens = await Promise.all(
        emails.map(async (email) => (await control(stack, 'token', { email }))['access_token']),
      )
      return async (nth) => {
        const authorization = `Bearer ${String(tokens[nth])}`
        const { status } = await http.send('GET', '/v1/me', { authorization })
        if (status !== 200) throw new Error(`A newcomer was answered ${status}`)
      }
    },
  }

  async function patch({ stack: { api } }: ScaleWorld, person: number, body: object) {
    return fetch(`${api}/v1/me`, {
      method: 'PATCH',
      headers: headersOf(person),
      body: JSON.stringify(body),
    })
  }
}
