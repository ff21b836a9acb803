import { getRoom, listDirectory, listRooms, lookAtRooms, moveRead } from '@conclave/shared/rooms'
import { createRoom, openDirect } from '@conclave/shared/rooms.create'
import { setReads } from '@conclave/shared/rooms.reads'
import { updateRoomSettings } from '@conclave/shared/rooms.settings'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { implement } from '../../implement.ts'
import * as reading from './reading.actions.ts'
import * as settings from './room-settings.actions.ts'
import * as actions from './rooms.actions.ts'

export function roomsRoutes(app: FastifyInstance, ctx: Context): void {
  implement(app, listRooms, async ({ actor, query }) => actions.listRooms(ctx, actor, query))
  implement(app, lookAtRooms, async ({ actor, query }) => actions.lookAtRooms(ctx, actor, query))
  implement(app, listDirectory, async ({ actor, query }) =>
    actions.listDirectory(ctx, actor, query),
  )
  implement(app, getRoom, async ({ actor, params }) => actions.getRoom(ctx, actor, params.roomId))
  implement(app, createRoom, async ({ actor, body }) => actions.createRoom(ctx, actor, body))
  implement(app, openDirect, async ({ actor, body }) => actions.openDirect(ctx, actor, body.people))
  implement(app, moveRead, async ({ actor, params, body }) =>
    reading.moveRead(ctx, actor, { ...params, ...body }),
  )
  implement(app, setReads, async ({ actor, body }) => reading.setReads(ctx, actor, body))
  implement(app, updateRoomSettings, async ({ actor, params, body }) =>
    settings.updateRoomSettings(ctx, actor, { ...params, ...body }),
  )
}
