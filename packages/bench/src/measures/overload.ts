import { setTimeout as delay } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import type { Arena } from '../arena.ts'
import { ROOMS } from '../contestants/contestant.ts'
import { closedLoop } from '../load/closed-loop.ts'
import { createHttp, type Answer } from '../load/http.ts'
import { percentile } from '../statistics.ts'
import { textOf } from './texts.ts'

const CLIENTS = [16, 32, 64, 128, 256, 1_500]
const SECONDS = 8
const REFUSALS = new Set([429, 503])

/**
 * More and more clients that never pause. Those that cannot be served must be told when to retry, which these clients
 * then do; the useful work must not collapse.
 */
export async function measureOverload({ conclave, figures, progress }: Arena): Promise<void> {
  const rows: (string | number)[][] = []
  let peak = 0
  for (const clients of CLIENTS) {
    progress(`${clients} clients at once`)
    await conclave.prepare(conclave.crowd.size)
    const http = createHttp(conclave.stack.api, clients)
    const answers = { posted: 0, refused: 0, invalid: 0 }
    const { waits, seconds } = await closedLoop({ clients, seconds: SECONDS }, async (client) => {
      const answer = await http.send(
        'POST',
        `/v1/rooms/${conclave.roomIds[client % ROOMS]}/messages`,
        conclave.headersOf(client),
        JSON.stringify({ id: uuidv7(), text: textOf(client) }),
      )
      const kind = kindOf(answer)
      answers[kind] += 1
      if (kind === 'refused') await delay(Number(answer.retryAfter) * 1_000 * Math.random())
    })
    await http.close()
    await conclave.settle()
    const perSecond = answers.posted / seconds
    peak = Math.max(peak, perSecond)
    rows.push([
      clients,
      Math.round(perSecond),
      `${Math.round((perSecond / peak) * 100)} %`,
      Math.round(percentile(waits, 0.99)),
      answers.refused,
      answers.invalid,
    ])
  }
  figures.table({
    id: 'overload',
    title: 'More clients than can be served',
    columns: [
      'clients',
      'stored per second',
      'of the peak so far',
      'p99, ms',
      'told to retry',
      'invalid answers',
    ],
    rows,
  })
}

function kindOf({ status, retryAfter, text }: Answer): 'posted' | 'refused' | 'invalid' {
  if (status === 201) return 'posted'
  const isProblem = text.startsWith('{"type":"/problems/')
  return REFUSALS.has(status) && Number(retryAfter) > 0 && isProblem ? 'refused' : 'invalid'
}
