import { expect, test } from 'vitest'
import { createStreamQueue, type Boarded, type StreamQueue } from './stream-queue.ts'

const LANES = [
  { reads: ['room'], kept: 2 },
  { reads: ['person'], kept: 1 },
  { reads: ['team'], kept: 1 },
] as const

test('one kind of stream takes all flights but those that are kept for the others', () => {
  const people = queueWith(waiting('person', 100))
  expect(leaving(people)).toEqual(Array(5).fill('person'))
  const rooms = queueWith(waiting('room', 100))
  expect(leaving(rooms)).toEqual(Array(6).fill('room'))
})

test('a room that is woken last leaves with the next flight, in the order of waking among rooms', () => {
  const queue = queueWith(waiting('person', 1_000))
  leaving(queue)
  queue.add(['room:late', 'room:later'])
  expect(take(queue)?.streams).toEqual(['room:late', 'room:later'])
  expect(leaving(queue)).toEqual([])
})

test('however many rooms wait, notices and the team leave too', () => {
  const queue = queueWith([...waiting('room', 1_000), 'person:one', 'team'])
  expect(leaving(queue).toSorted()).toEqual(['person', ...Array<string>(6).fill('room'), 'team'])
})

test('a stream leaves once at a time, and again when it was woken meanwhile', () => {
  const queue = queueWith(['room:one'])
  const first = take(queue)!
  queue.add(['room:one'])
  expect(take(queue)).toBeUndefined()
  queue.release(first)
  expect(take(queue)?.streams).toEqual(['room:one'])
})

test('after failures the lanes are tried in turn', () => {
  const queue = queueWith([...waiting('room', 100), ...waiting('person', 100), 'team'])
  const kinds = [1, 2, 3, 4].map((failures) => {
    const boarded = take(queue, failures)!
    queue.release(boarded)
    queue.add(boarded.streams)
    return kindOf(boarded)
  })
  expect(kinds).toEqual(['person', 'team', 'room', 'person'])
})

function queueWith(streams: readonly string[]): StreamQueue {
  const queue = createStreamQueue(LANES)
  queue.add(streams)
  return queue
}

function take(queue: StreamQueue, failures = 0): Boarded | undefined {
  return queue.take({ streams: 10, flights: 8, failures })
}

/** The kinds of all flights that may leave now. */
function leaving(queue: StreamQueue): string[] {
  const kinds: string[] = []
  for (let boarded = take(queue); boarded; boarded = take(queue)) kinds.push(kindOf(boarded))
  return kinds
}

function kindOf({ streams: [first = ''] }: Boarded): string {
  return first.replace(/:.*/, '')
}

function waiting(kind: 'room' | 'person', count: number): string[] {
  return Array.from({ length: count }, (_, nth) => `${kind}:${nth}`)
}
