import type { RoomEvent } from './events.ts'
import type { Example } from './examples.ts'
import { updateRoomSettings } from './rooms.settings.ts'

export const ROOM_SETTINGS_EVENTS: RoomEvent[] = [
  { type: 'room.updated', data: { notifyAll: 'moderators' } },
]

export const ROOM_SETTINGS_EXAMPLES: Record<string, Example> = {
  updateRoomSettings: {
    schema: updateRoomSettings.body,
    valid: [{ notifyAll: 'members' }, { notifyAll: 'moderators' }],
    invalid: {
      'a setting that is missing': {},
      'people who are no such group': { notifyAll: 'owners' },
      'more than there is to set': { notifyAll: 'members', name: 'General' },
    },
  },
}
