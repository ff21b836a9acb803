import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { readOptions, ready, whenToldToStop } from '@conclave/dev-stack/child-side'
import express from 'express'
import { Server } from 'socket.io'

/**
 * A plain chat on Socket.IO and SQLite: rooms, history on disk, a message by POST or over the socket. It stores each
 * message before it broadcasts and answers. It does not know who anybody is: no sign-in, no membership, the author is
 * what the body says; no search, no encryption, no catching up.
 */
const options = readOptions<{ port: number; file: string; synchronous: 'NORMAL' | 'FULL' }>()
const database = new DatabaseSync(options.file)
database.exec(`
  pragma journal_mode = wal;
  pragma synchronous = ${options.synchronous};
  create table if not exists messages (
    seq integer primary key autoincrement,
    id text not null unique,
    room text not null,
    author text not null,
    text text not null,
    created_at text not null
  );
  create index if not exists messages_in_room on messages (room, seq)`)
const insert = database.prepare(
  'insert into messages (id, room, author, text, created_at) values (?, ?, ?, ?, ?)',
)

interface Post {
  id: string
  author: string
  text: string
}

const app = express()
app.use(express.json())
const server = createServer(app)
const io = new Server(server, { transports: ['websocket'] })

app.post('/rooms/:room/messages', (request, response) => {
  response.status(201).json(store(request.params.room, request.body as Post))
})

io.on('connection', (socket) => {
  socket.on('join', async (room: string, acknowledge: () => void) => {
    await socket.join(room)
    acknowledge()
  })
  socket.on('message', (room: string, post: Post, acknowledge: (message: object) => void) => {
    acknowledge(store(room, post))
  })
})

function store(room: string, { id, author, text }: Post): object {
  const createdAt = new Date().toISOString()
  const { lastInsertRowid } = insert.run(id, room, author, text, createdAt)
  const message = { seq: Number(lastInsertRowid), id, room, author, text, createdAt }
  io.to(room).emit('message', message)
  return message
}

server.listen(options.port, 'localhost', () =>
  ready({ port: (server.address() as AddressInfo).port }),
)
whenToldToStop(async () => {
  await io.close()
  database.close()
})
