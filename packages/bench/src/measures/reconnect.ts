import { setTimeout as delay } from 'node:timers/promises'
import type { Arena } from '../arena.ts'
import { until } from '../load/until.ts'
import { watchGenerator } from '../machine/usage.ts'
import { returningConclave, returningSocketIo, type Returning } from './returning.ts'

const REST_MS = 300

/**
 * The broker is killed while everybody is connected, and restarted at once. A client of Conclave is back when it is
 * connected, has three channels signed by the api and subscribed, and has the messages it missed; a client of the
 * Socket.IO chat when it is connected and in the room, because it cannot catch up.
 */
export async function measureReconnect(arena: Arena): Promise<void> {
  const { conclave, socketIo, pinning, figures, options } = arena
  const clients = options.reconnecting
  arena.progress(`${clients} clients lose their connection`)
  figures.define({
    id: 'reconnect',
    title: `SIGKILL until ${clients.toLocaleString('en')} clients are back`,
    unit: 'ms',
    better: 'less',
  })
  const who = [
    {
      name: conclave.name,
      clients: await returningConclave(conclave, clients),
      kill: () => conclave.stack.killPusher(),
      start: () => conclave.stack.startPusher(),
      postMissed: async () =>
        (await conclave.post(0, 0, 'Said while nobody was connected')).seq ?? 0,
      prepare: () => conclave.prepare(clients),
    },
    {
      name: socketIo.normal.name,
      clients: await returningSocketIo(socketIo.normal, clients),
      kill: () => socketIo.normal.kill(),
      start: () => socketIo.normal.start(),
      postMissed: async () => 0,
      prepare: async () => undefined,
    },
  ]
  for (let round = 0; round < options.rounds; round++) {
    for (const { name, clients: returning, kill, start, postMissed, prepare } of who) {
      await prepare()
      const generator = watchGenerator()
      const ms = await comeBack(returning, {
        kill,
        postMissed,
        start: () => pinning.serverSide(start),
      })
      figures.note('reconnect', name, ms, generator())
      await conclave.settle()
      await delay(REST_MS)
    }
  }
  for (const { clients: returning } of who) returning.close()
}

async function comeBack(
  returning: Returning,
  server: { kill(): Promise<void>; start(): Promise<void>; postMissed(): Promise<number> },
): Promise<number> {
  const killedAt = performance.now()
  await server.kill()
  const [seq] = await Promise.all([server.postMissed(), server.start()])
  await until('everybody is back', () => returning.haveUpTo(seq) && returning.areConnected())
  return returning.lastBackAt() - killedAt
}
