import { composer, messages, openRoom, say, sees, seesInOrder, something } from './actions.ts'
import { expect, test } from './fixtures.ts'

test('Alice and Bob talk both ways, live', async ({ alice, bob }) => {
  const question = something('Is the kettle on')
  const answer = something('It has been on since nine')
  await say(alice, question)
  await sees(bob, question)
  await say(bob, answer)
  await sees(alice, answer)
})

test('a reload finds the history, in the same order', async ({ alice, bob }) => {
  const texts = [something('First'), something('Second'), something('Third')]
  for (const text of texts) await say(alice, text)
  await sees(bob, texts[2] ?? '')
  await bob.reload()
  await seesInOrder(bob, texts)
  await seesInOrder(alice, texts)
})

test('a second tab of the same person shows the message once', async ({ alice, bob }) => {
  const second = await alice.context().newPage()
  await second.goto(alice.url())
  const text = something('From the first tab')
  await expect(composer(second)).toBeVisible()
  await say(alice, text)
  await sees(second, text)
  await sees(alice, text)
  await sees(bob, text)
})

test('a draft stays with its room and survives a reload', async ({ alice }) => {
  const draft = something('Not finished yet')
  await composer(alice).fill(draft)
  await openRoom(alice, 'Design')
  await expect(composer(alice)).toHaveValue('')
  await openRoom(alice, 'General')
  await expect(composer(alice)).toHaveValue(draft)
  await alice.reload()
  await expect(composer(alice)).toHaveValue(draft)
  await composer(alice).fill('')
})

test('Enter sends and Shift-Enter makes a line', async ({ alice }) => {
  const first = something('Line one')
  await composer(alice).fill(first)
  await composer(alice).press('Shift+Enter')
  await composer(alice).pressSequentially('and line two')
  await composer(alice).press('Enter')
  await expect(messages(alice).getByText(`${first}\nand line two`)).toHaveCount(1)
  await expect(composer(alice)).toHaveValue('')
  await expect(composer(alice)).toBeFocused()
})

test('a closed room is not shown to somebody outside it', async ({ alice, bob }) => {
  await openRoom(alice, 'Design')
  const address = alice.url()
  await expect(bob.getByRole('navigation', { name: 'Rooms' }).getByText('General')).toBeVisible()
  await expect(bob.getByRole('navigation', { name: 'Rooms' }).getByText('Design')).toHaveCount(0)
  await bob.goto(address)
  await expect(bob.getByText('There is no such room')).toBeVisible()
})
