import { GENERAL } from '@conclave/shared/examples'
import { beforeEach, expect, test } from 'vitest'
import type { Arrival } from '../replica/replica.ts'
import { createEventFrames, type EventFrames } from './event-frames.ts'

let frames: EventFrames
let handled: unknown[][]
let now: number
/** What the next frame runs. */
let inFrame: (() => void)[]
/** What runs once this task is done. */
let afterTask: (() => void)[]

beforeEach(() => {
  handled = []
  now = 1_000
  inFrame = []
  afterTask = []
  frames = createEventFrames({
    environment: {
      clock: { now: () => now, after: (_, run) => inQueue(afterTask, run) },
      frame: (run) => inQueue(inFrame, run),
    },
    handle: (events) => handled.push(events.map(({ wire }) => wire)),
  })
})

test('after a pause, events are handled together with those that have arrived, and no frame is waited for', () => {
  for (const wire of [1, 2, 3]) frames.add(eventOf(wire))
  expect(handled).toEqual([])
  runAll(afterTask)
  expect(handled).toEqual([[1, 2, 3]])
  expect(inFrame).toEqual([])
  now += 17
  frames.add(eventOf(4))
  runAll(afterTask)
  expect(handled).toEqual([[1, 2, 3], [4]])
})

test('events that follow at once are handled with the next frame, in the order in which they arrived', () => {
  frames.add(eventOf(1))
  runAll(afterTask)
  for (const wire of [2, 3]) frames.add(eventOf(wire))
  now += 8
  frames.add(eventOf(4))
  expect(afterTask).toEqual([])
  expect(handled).toEqual([[1]])
  runAll(inFrame)
  expect(handled).toEqual([[1], [2, 3, 4]])
  frames.add(eventOf(5))
  runAll(inFrame)
  runAll(inFrame)
  expect(handled).toEqual([[1], [2, 3, 4], [5]])
})

test('nothing is handled once they are closed', () => {
  frames.add(eventOf(1))
  frames.close()
  frames.add(eventOf(2))
  expect([...afterTask, ...inFrame]).toEqual([])
  expect(handled).toEqual([])
})

function inQueue(queue: (() => void)[], run: () => void): () => void {
  queue.push(run)
  return () => void queue.splice(queue.indexOf(run), 1)
}

function runAll(queue: (() => void)[]): void {
  for (const run of queue.splice(0)) run()
}

function eventOf(wire: unknown): Arrival {
  return { channel: { kind: 'room', roomId: GENERAL, epoch: 0 }, wire }
}
