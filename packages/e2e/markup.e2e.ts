import { violations } from './axe.ts'
import { composer, createRoom, messages, openRoom, say } from './actions.ts'
import { expect, test } from './fixtures.ts'

test('C5: what is written as Markdown is shown as what it means', async ({ alice }) => {
  await createRoom(alice, 'Closed', 'Markdown')
  const row = messages(alice).getByRole('article').last()

  await say(alice, 'This is **bold**, *italic*, ~~gone~~ and `code_with_*stars*`, 2*3*4')
  await expect(row.locator('strong')).toHaveText('bold')
  await expect(row.locator('em')).toHaveText('italic')
  await expect(row.locator('s')).toHaveText('gone')
  await expect(row.locator('code')).toHaveText('code_with_*stars*')
  await expect(row).toContainText('2*3*4')

  await say(
    alice,
    'Read [the docs](https://example.com/a), www.example.org, example.net or ask bob@example.com',
  )
  const links = row.getByRole('link')
  await expect(links).toHaveText(['the docs', 'www.example.org', 'example.net', 'bob@example.com'])
  // The words of a link may say anything, so its host stands beside it.
  await expect(row).toContainText('the docs (example.com)')

  await composer(alice).fill('> quoted\n\n- one\n  - inner\n- two\n\n3. three\n4. four')
  await composer(alice).press('Enter')
  await expect(row.locator('blockquote')).toHaveText('quoted')
  await expect(row.getByRole('list')).toHaveCount(3)
  await expect(row.locator('ol')).toHaveAttribute('start', '3')
  expect(await violations(alice)).toEqual([])
})

test('C5: code has the colours of its language once they are there, and keeps its size', async ({
  alice,
}) => {
  await createRoom(alice, 'Closed', 'Code')
  const row = messages(alice).getByRole('article').last()
  const code = '// twice\nconst twice = (n: number) => `${n * 2}`\n\n<script>own()</script>'
  await composer(alice).fill('```ts\n' + code + '\n```')
  await composer(alice).press('Enter')
  const block = row.locator('pre')
  await expect(block).toHaveText(code, { useInnerText: true })
  const before = await block.boundingBox()
  await expect(block.locator('.code-comment')).toHaveText('// twice')
  await expect(block.locator('.code-keyword').first()).toHaveText('const')
  expect(await block.textContent()).toBe(code)
  expect((await block.boundingBox())?.height).toBe(before?.height)
  expect(await violations(alice)).toEqual([])

  await composer(alice).fill('```klingon\nqapla\n```')
  await composer(alice).press('Enter')
  await expect(row.locator('pre')).toHaveText('qapla')
})

test('C5: code that is made to keep its grammar busy does not keep other code waiting', async ({
  alice,
}) => {
  await createRoom(alice, 'Closed', 'Slow code')
  const code = messages(alice).locator('pre')
  await say(alice, '```bash\nif first; then echo; fi\n```')
  // Each of the next ones takes its grammar 6 s, where this takes 10 ms: all of them take longer than anybody waits here.
  await expect(code.nth(0).locator('.code-keyword').first()).toHaveText('if')
  const slow = Array.from({ length: 8 }, (_, nth) => nth + 1)
  for (const nth of slow)
    await say(alice, '```bash\n' + `${'<'.repeat(998)}${nth}\n`.repeat(10) + '```')
  await say(alice, '```bash\nif after; then echo; fi\n```')
  const after = code.filter({ hasText: 'if after' })
  await expect(after.locator('.code-keyword').first()).toHaveText('if')
})

test('C5: a text of many lines is folded, and shown when somebody asks for it', async ({
  alice,
}) => {
  await createRoom(alice, 'Closed', 'Long')
  const lines = Array.from({ length: 60 }, (_, nth) => `line ${nth + 1}`)
  await composer(alice).fill(lines.join('\n'))
  await composer(alice).press('Enter')
  const row = messages(alice).getByRole('article').last()
  const heightOf = async () => (await row.boundingBox())?.height ?? 0
  const more = row.getByRole('button', { name: 'Show more' })
  const less = row.getByRole('button', { name: 'Show less' })
  await expect(more).toBeVisible()
  const folded = await heightOf()
  await more.click()
  await expect(less).toHaveAttribute('aria-expanded', 'true')
  await expect.poll(heightOf).toBeGreaterThan(folded * 2)
  await say(alice, 'after it')
  await openRoom(alice, 'General')
  await openRoom(alice, 'Long')
  await expect(messages(alice).getByRole('article')).toHaveCount(2)
  await messages(alice).getByRole('button', { name: 'Show more' }).click()
  await messages(alice).getByRole('button', { name: 'Show less' }).click()
  await expect(messages(alice).getByRole('button', { name: 'Show more' })).toBeVisible()
  expect(await violations(alice)).toEqual([])
})
