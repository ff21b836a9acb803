import { messageAt } from '@conclave/shared/messages.examples'
import { expect, test } from 'vitest'
import type { RowInView } from './list-pane.ts'
import { topOfView } from './top-of-view.ts'

/** A row that begins a group says its author and time in these first pixels. */
const HEAD_PX = 32
const LINE_PX = 22

test('E15: the line at the top never shows in talk of one or two lines each, wherever that is scrolled to', () => {
  for (const lines of [1, 2]) {
    const talk = Array.from({ length: 20 }, () => [lines])
    expect(shownWhile(talk).every(({ isCut }) => !isCut)).toBe(true)
  }
})

test('E15: it says whose message that is whose head is above, and never that of one wholly behind it', () => {
  const talk = [[20], [1, 1, 1, 1, 1, 1], [2], [3, 12], [1]]
  const shown = shownWhile(talk).filter(({ isCut }) => isCut)
  expect(new Set(shown.map(({ group }) => group))).toEqual(new Set([0, 1, 3]))
  for (const { group, head, bottom } of shown) {
    expect(head, `the head of ${group}`).toBeLessThanOrEqual(0)
    expect(bottom, `the end of ${group}`).toBeGreaterThanOrEqual(28 + 22)
  }
})

test('E15: it comes and goes once per group while the list is scrolled in small steps', () => {
  const steps = shownWhile([[20], [1], [1, 1, 1, 1, 1, 1], [2], [30]], 12)
  const changes = steps.filter(({ isCut }, nth) => nth > 0 && steps[nth - 1]?.isCut !== isCut)
  // It ends with the last group, which has it.
  expect(changes.length).toBeLessThanOrEqual(6)
})

/** Groups of messages with so many lines each, scrolled through a view of 400 pixels by so many pixels at once. */
function shownWhile(talk: readonly (readonly number[])[], step = 1) {
  const rows = talk.flatMap((group, of) =>
    group.map((lines, nth) => ({
      of,
      isFirst: nth === 0,
      px: lines * LINE_PX + (nth === 0 ? HEAD_PX + 6 : 4),
    })),
  )
  const total = rows.reduce((sum, { px }) => sum + px, 0)
  const shown: { isCut: boolean; group: number; head: number; bottom: number }[] = []
  for (let scrolled = 0; scrolled < total - 60; scrolled += step) {
    let y = -scrolled
    const all = rows.map(({ of, isFirst, px }, index): RowInView & { of: number } => {
      const top = y
      y += px
      const message = messageAt(index + 1, index + 1)
      const row = {
        kind: 'message',
        key: message.id,
        message,
        isFirst,
        throughSeq: undefined,
      } as const
      return { key: row.key, index, row, top, bottom: y, of }
    })
    const { message, isCut } = topOfView({
      inView: all.filter(({ top, bottom }) => bottom > 0 && top < 400),
    })
    const group = all.find(({ key }) => key === message?.id)?.of ?? -1
    const ofGroup = all.filter(({ of }) => of === group)
    const head = (ofGroup[0]?.top ?? 0) + HEAD_PX
    shown.push({ isCut, group, head, bottom: ofGroup.at(-1)?.bottom ?? 0 })
  }
  return shown
}
