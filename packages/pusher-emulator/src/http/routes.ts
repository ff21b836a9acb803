import type { App } from '../app-state.ts'
import { listChannels, listUsers, showChannel } from './channels.route.ts'
import { postBatchEvents, postEvents } from './events.route.ts'
import type { ApiRequest } from './request.ts'
import type { Query } from './signature.ts'
import { terminateConnections } from './users.route.ts'

export interface ApiRoute {
  name: string
  method: 'GET' | 'POST'
  /** The path after /apps/:id; each `:x` is one segment. */
  path: RegExp
  answer(app: App, call: ApiCall): object
}

export interface ApiCall {
  request: ApiRequest
  query: Query
  /** The decoded `:x` segment, or ''. */
  subject: string
}

/** The whole HTTP API (Pusher docs, HTTP API). */
export const API_ROUTES: readonly ApiRoute[] = [
  {
    name: 'POST /events',
    method: 'POST',
    path: /^\/events$/,
    answer: (app, { request }) => postEvents(app, request),
  },
  {
    name: 'POST /batch_events',
    method: 'POST',
    path: /^\/batch_events$/,
    answer: (app, { request }) => postBatchEvents(app, request),
  },
  {
    name: 'GET /channels',
    method: 'GET',
    path: /^\/channels$/,
    answer: (app, { query }) => listChannels(app, query),
  },
  {
    name: 'GET /channels/:channel',
    method: 'GET',
    path: /^\/channels\/([^/]+)$/,
    answer: (app, { query, subject }) => showChannel(app, query, subject),
  },
  {
    name: 'GET /channels/:channel/users',
    method: 'GET',
    path: /^\/channels\/([^/]+)\/users$/,
    answer: (app, { subject }) => listUsers(app, subject),
  },
  {
    name: 'POST /users/:user/terminate_connections',
    method: 'POST',
    path: /^\/users\/([^/]+)\/terminate_connections$/,
    answer: (app, { subject }) => terminateConnections(app, subject),
  },
]
