import { expect, test } from 'vitest'
import { growth, scriptsOf } from './weights.ts'

test('what has grown is named, the most first, and what is new as new', () => {
  const before = { react: 3_000, 'src/Room.tsx': 900, 'src/gone.ts': 50, 'src/smaller.ts': 70 }
  const now = { react: 5_310, 'src/Room.tsx': 901, 'src/new.ts': 400, 'src/smaller.ts': 60 }
  expect(growth(now, before)).toEqual(['+2,310 react', '+400 src/new.ts (new)', '+1 src/Room.tsx'])
  expect(growth(before, before)).toEqual([])
})

test('the scripts of a page are those that it runs and those that it loads ahead', () => {
  const page = `
    <script type="module" src="/assets/index-1.js"></script>
    <link rel="modulepreload" href="/assets/first-2.js"><link rel="stylesheet" href="/a.css">`
  expect(scriptsOf(page)).toEqual(['assets/index-1.js', 'assets/first-2.js'])
})
