import { word } from '../word.ts'

/* What the system says in a room. */
export const joined = word('<person/> joined')
export const wentAway = word('<person/> left')
export const added = word('<person/> added <other/>')
export const takenOut = word('<person/> removed <other/>')
export const renamed = word('<person/> renamed the room to <text/>')
export const topic = word('<person/> changed the topic to <text/>')
export const topicRemoved = word('<person/> removed the topic')
export const archived = word('<person/> archived the room')
export const restored = word('<person/> restored the room')

/** In place of more than three in a row. */
export const manyJoined = word('{count, number} people joined')
export const manyLines = word('{count, number} changes in the room')
