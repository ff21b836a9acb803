import { readOptions, ready, whenToldToStop } from '@conclave/dev-stack/child-side'
import express from 'express'
import type { AddressInfo } from 'node:net'
import Pusher from 'pusher'

/**
 * The idea of the tutorial's server: it trusts the author in the body, passes the message to Pusher unencrypted and
 * signs any channel for anybody. It checks nothing, stores nothing, and answers before Pusher has accepted the message,
 * so an accepted message may be lost. It has no history to catch up from.
 */
const options = readOptions<{ port: number; pusher: Pusher.Options }>()
const pusher = new Pusher(options.pusher)
const app = express()
app.use(express.json())

app.post('/message', (request, response) => {
  pusher.trigger('private-chat', 'message', request.body).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`)
  })
  response.json(request.body)
})

app.post('/pusher/auth', (request, response) => {
  const { socket_id, channel_name } = request.body as { socket_id: string; channel_name: string }
  response.json(pusher.authorizeChannel(socket_id, channel_name))
})

const server = app.listen(options.port, 'localhost', () =>
  ready({ port: (server.address() as AddressInfo).port }),
)
whenToldToStop(async () => void server.close())
