import type { ChannelAuthorization } from '@conclave/shared/channel-auth'
import { everyPerson, everyRoom } from '@conclave/shared/pages'
import { listPeople, type People } from '@conclave/shared/people'
import { listRooms, type Rooms } from '@conclave/shared/rooms'
import type { Conclave } from '../contestants/conclave.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** What one person asks the api; anything but a success is an error. */
export interface Requests {
  ask: <Result>(method: Method, path: string, body?: object) => Promise<Result>
  rooms: () => Promise<Rooms>
  people: () => Promise<People>
  /** Those of these channels that are mine. */
  sign: (
    socketId: string,
    names: readonly string[],
  ) => Promise<Record<string, ChannelAuthorization>>
}

export function requestsOf({ http, headersOf }: Conclave, person: number): Requests {
  async function ask<Result>(method: Method, path: string, body?: object): Promise<Result> {
    const { 'content-type': type = '', ...headers } = headersOf(person)
    const { status, text } = body
      ? await http.send(method, path, { ...headers, 'content-type': type }, JSON.stringify(body))
      : await http.send(method, path, headers)
    if (status < 200 || status > 299) throw new Error(`${method} ${path} was answered ${status}`)
    return JSON.parse(text) as Result
  }

  return {
    ask,
    rooms: async () => everyRoom(async (query) => ask('GET', pathOf(listRooms.path, query))),
    people: async () => everyPerson(async (query) => ask('GET', pathOf(listPeople.path, query))),
    sign: async (socketId, names) => {
      const body = { socket_id: socketId, channel_names: names }
      const { channels } = await ask<{ channels: Record<string, ChannelAuthorization> }>(
        'POST',
        '/pusher/auth/batch',
        body,
      )
      return channels
    },
  }
}

function pathOf(path: string, { after }: { after?: string }): string {
  return after === undefined ? path : `${path}?after=${after}`
}
