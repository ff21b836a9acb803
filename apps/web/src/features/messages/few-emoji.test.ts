import { expect, test } from 'vitest'
import { isFewEmoji } from './few-emoji.ts'

test.each(['🎉', '👍🏽', '❤️', '🇩🇪🇫🇷', '1️⃣', '👩‍❤️‍💋‍👨', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🎉🎉🎉', ' 🎉 🎉\n🎉 ', '🧑🏽‍💻👨‍👩‍👧‍👦'])(
  'C20: %s alone is shown large',
  (text) => expect(isFewEmoji(text)).toBe(true),
)

test.each([
  '',
  ' ',
  '🎉🎉🎉🎉',
  '🎉 yes',
  '1',
  '123',
  '#',
  '©',
  '™',
  '🇩',
  '<@01900000-0000-7000-8000-00000000000a>',
  ':tada:',
  '\u200D',
  '\uFE0F',
  '🎉\u202E',
])('C20: “%s” is shown as text', (text) => expect(isFewEmoji(text)).toBe(false))

test('C20: hostile joiners cost nothing', () => {
  const began = process.threadCpuUsage()
  expect(isFewEmoji('👩\u200D'.repeat(3_000))).toBe(false)
  expect(isFewEmoji('👩\u200D'.repeat(20))).toBe(false)
  expect(process.threadCpuUsage(began).user).toBeLessThan(50_000)
})
