import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { firstViewShown } from './first-view.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('what is loaded after the first view waits for all its requests, also those that follow another', async () => {
  const queryClient = new QueryClient()
  const isShown = vi.fn<() => void>()
  const rooms = ask(queryClient, 'rooms')
  void firstViewShown(queryClient).then(isShown)
  await vi.advanceTimersByTimeAsync(500)
  expect(isShown).not.toHaveBeenCalled()

  rooms.answer()
  await vi.advanceTimersByTimeAsync(50)
  const messages = ask(queryClient, 'messages')
  await vi.advanceTimersByTimeAsync(500)
  expect(isShown).not.toHaveBeenCalled()

  messages.answer()
  await vi.advanceTimersByTimeAsync(150)
  expect(isShown).toHaveBeenCalledOnce()
})

test('it does not wait for an api that never answers', async () => {
  const queryClient = new QueryClient()
  const isShown = vi.fn<() => void>()
  ask(queryClient, 'rooms')
  void firstViewShown(queryClient).then(isShown)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(isShown).toHaveBeenCalledOnce()
})

function ask(queryClient: QueryClient, what: string) {
  const { promise, resolve } = Promise.withResolvers<string>()
  void queryClient.fetchQuery({ queryKey: [what], queryFn: () => promise })
  return { answer: () => resolve('an answer') }
}
