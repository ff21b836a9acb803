import { GENERAL } from '@conclave/shared/examples'
import { beforeEach, expect, test } from 'vitest'
import type { Arrival } from '../replica/replica.ts'
import { createEventFrames, type EventFrames } from './event-frames.ts'

let frames: EventFrames
let handled: unknown[][]
/** What the next frame runs. */
let due: (() => void)[]

beforeEach(() => {
  handled = []
  due = []
  frames = createEventFrames({
    frame: (run) => {
      due.push(run)
      return () => (due = due.filter((other) => other !== run))
    },
    handle: (events) => handled.push(events.map(({ wire }) => wire)),
  })
})

test('events of one frame are handled together, in the order in which they arrived', () => {
  for (const wire of [1, 2, 3]) frames.add(eventOf(wire))
  expect(handled).toEqual([])
  drawFrame()
  expect(handled).toEqual([[1, 2, 3]])
})

test('events of the next frame are handled with the next', () => {
  frames.add(eventOf(1))
  drawFrame()
  frames.add(eventOf(2))
  drawFrame()
  drawFrame()
  expect(handled).toEqual([[1], [2]])
})

test('nothing is handled once they are closed', () => {
  frames.add(eventOf(1))
  frames.close()
  frames.add(eventOf(2))
  drawFrame()
  expect(due).toEqual([])
  expect(handled).toEqual([])
})

function drawFrame(): void {
  const now = due
  due = []
  for (const run of now) run()
}

function eventOf(wire: unknown): Arrival {
  return { channel: { kind: 'room', roomId: GENERAL, epoch: 0 }, wire }
}
