import { createHealth, healthOf, type Health } from '@conclave/client/connection/api-health'
import { openPusher } from '@conclave/client/connection/open-pusher'
import type { Socket } from '@conclave/client/connection/socket'
import type { Environment } from '@conclave/client/environment'
import { nodeEnvironment } from '@conclave/client/node/node-environment'
import type { Stack } from '@conclave/dev-stack/stack'
import type { Call } from '@conclave/shared/client'
import PusherModule from 'pusher-js'
import { fetchOver, type Network } from './network.ts'
import type { Person } from './person.ts'

// In Node the package is the class itself; its types describe the bundle for browsers.
const Pusher = PusherModule as unknown as typeof PusherModule.default

const ANSWER_WITHIN_MS = 8_000

/** The machine of one person's client, whose network can fail and which can sleep. */
export interface Machine {
  call: Call
  health: Health
  environment: Environment
  socket: Socket
  /** Closes the socket, which reconnects at once. */
  cut: () => void
  away: (state: Exclude<Network['state'], 'up'>, ms: number) => void
  close: () => void
}

export function machineOf(stack: Stack, { network }: Person, ask: Call): Machine {
  const networkListeners = new Set<() => void>()
  const environment: Environment = {
    ...nodeEnvironment,
    // A sleeping machine gets no events of its environment.
    isOnline: () => network.state !== 'down',
    onNetwork: (listener) => {
      networkListeners.add(listener)
      return () => networkListeners.delete(listener)
    },
  }
  const health = healthOfApi(stack, network)
  const call = telling(ask, health)
  const { key, host, port } = stack.pusher
  const address = { key, cluster: '', host, port }
  const pusher = openPusher({ Pusher, address, call, clock: environment.clock })
  let back: NodeJS.Timeout | undefined

  function become(state: Network['state']): void {
    network.state = state
    for (const listener of networkListeners) listener()
  }

  return {
    call,
    health,
    environment,
    socket: {
      connection: pusher.connection,
      subscribe: (name) => pusher.subscribe(name),
      unsubscribe: (name) => pusher.unsubscribe(name),
      // Without a network there is nothing to connect to; `away` does it when there is one again.
      connect: () => network.state === 'up' && pusher.connect(),
      disconnect: () => pusher.disconnect(),
    },
    cut: () => {
      pusher.disconnect()
      if (network.state === 'up') pusher.connect()
    },
    away: (state, ms) => {
      become(state)
      pusher.disconnect()
      clearTimeout(back)
      back = setTimeout(() => {
        become('up')
        pusher.connect()
      }, ms)
    },
    close: () => clearTimeout(back),
  }
}

function healthOfApi({ api }: Stack, network: Network): Health {
  return createHealth({
    now: nodeEnvironment.clock.now,
    answers: async (path) => {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
      return (await fetchOver(network, api + path, { signal })).status < 500
    },
  })
}

/** The same call, which also reports the api's state to the client. */
function telling(ask: Call, health: Health): Call {
  return async (endpoint, input) => {
    try {
      const answer = await ask(endpoint, input)
      health.report('answers')
      return answer
    } catch (error) {
      health.report(healthOf(error))
      throw error
    }
  }
}
