import { createConnection, type Connection } from '@conclave/client/connection/client-connection'
import type { Health } from '@conclave/client/connection/api-health'
import { openPusher } from '@conclave/client/connection/open-pusher'
import type { PeopleLoader } from '@conclave/client/people/people-loader'
import type { Call } from '@conclave/shared/client'
import type { QueryClient } from '@tanstack/react-query'
import Pusher from 'pusher-js/with-encryption'
import type { WebConfig } from '../config.ts'
import { browserEnvironment as environment } from './browser-environment.ts'

/** Everything that only realtime needs, in one file that is loaded beside the first view. */
export function openConnection(options: {
  config: WebConfig['pusher']
  call: Call
  health: Health
  queryClient: QueryClient
  people: PeopleLoader
  myId: string
}): Connection {
  const { config: address, call, ...rest } = options
  const socket = openPusher({ Pusher, address, call, clock: environment.clock })
  return createConnection({ ...rest, socket, call, environment })
}
