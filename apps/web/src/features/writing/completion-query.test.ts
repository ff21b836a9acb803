import { expect, test } from 'vitest'
import { queryAt } from './completion-query.ts'

test.each([
  ['@', 'mention', ''],
  ['Hi @al', 'mention', 'al'],
  ['(@Al', 'mention', 'Al'],
  ['你好@李', 'mention', '李'],
  ['@Anna Li', 'mention', 'Anna Li'],
  ['@ בן', undefined, ''],
  ['bob@example', undefined, ''],
  ['@a\nb', undefined, ''],
  ['Hi :tad', 'emoji', 'tad'],
  [':Hä', 'emoji', 'Hä'],
  [':t', undefined, ''],
  ['10:30', undefined, ''],
  ['a::tada', undefined, ''],
  ['https://x', undefined, ''],
  ['`@al', undefined, ''],
  ['`a` @al', 'mention', 'al'],
  ['```\n@al', undefined, ''],
  ['```\na\n```\n:tada', 'emoji', 'tada'],
])('D5, D6: “%s” asks for a %s', (text, kind, asked) => {
  const query = queryAt(text, text.length)
  expect(query?.kind).toBe(kind)
  expect(query?.text ?? '').toBe(asked)
})

test('D5: what is behind the caret does not count', () => {
  expect(queryAt('@al and more', 3)).toEqual({ kind: 'mention', text: 'al', from: 0, to: 3 })
})
