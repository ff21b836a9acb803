import { editMessage } from '@conclave/shared/edits'
import { removeMessage } from '@conclave/shared/removals'
import type { Page } from '@playwright/test'
import { composer, messages, openRoom, sees, something, waitUntilLive } from './actions.ts'
import { callAs } from './api-client.ts'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { longRoom, openRead } from './long-room.ts'

test('C10: Bob answers a message far above, and Alice goes from the answer to it; what is quoted follows what becomes of it', async ({
  alice,
  bob,
  stack,
}) => {
  const room = await longRoom(stack, {
    name: something('Answers'),
    count: 200,
    people: { alice: 200, bob: 200 },
  })
  await openRead(alice, room)
  await bob.goto(`${stack.web}/rooms/${room.id}/20`)
  const original = row(bob, room.textOf(20))
  await original.hover()
  await original.getByRole('button', { name: 'Reply' }).click()
  const target = bob.getByRole('region', { name: 'Replying to' })
  await expect(target).toContainText(room.textOf(20))
  await expect(target).toContainText('Carol')
  await expect(composer(bob)).toBeFocused()
  expect(await violations(bob)).toEqual([])

  // Esc takes it off, and the button too; what is written stays.
  const text = something('An answer')
  await composer(bob).fill(text)
  await bob.keyboard.press('Escape')
  await expect(target).toHaveCount(0)
  await expect(composer(bob)).toHaveValue(text)
  await original.hover()
  await original.getByRole('button', { name: 'Reply' }).click()
  await target.getByRole('button', { name: 'Do not reply to this message' }).click()
  await expect(target).toHaveCount(0)

  // It is kept with the draft, through another room and a reload.
  await original.hover()
  await original.getByRole('button', { name: 'Reply' }).click()
  await openRoom(bob, 'General')
  await expect(target).toHaveCount(0)
  await openRoom(bob, room.name)
  await bob.reload()
  await waitUntilLive(bob)
  await expect(target).toContainText(room.textOf(20))
  await expect(composer(bob)).toHaveValue(text)
  await composer(bob).press('Enter')
  await expect(target).toHaveCount(0)
  await sees(bob, text)

  const quote = row(alice, text).getByRole('blockquote')
  await expect(quote).toContainText(room.textOf(20))
  await expect(quote).toContainText('Carol')
  const { height } = (await quote.boundingBox())!
  const carol = await callAs(stack, 'carol')
  const params = { roomId: room.id, messageId: room.idOf(20) }
  await carol(editMessage, { params, body: { text: `Reworded ${'at length '.repeat(60)}` } })
  await expect(quote).toContainText('Reworded')
  expect((await quote.boundingBox())!.height).toBe(height)

  await quote.getByRole('link').click()
  await expect(alice).toHaveURL(`${stack.web}/rooms/${room.id}/20`)
  await expect(messages(alice).locator('[data-marked]')).toContainText('Reworded')
  await alice.goBack()
  await expect(row(alice, text)).toBeInViewport({ ratio: 1 })

  await carol(removeMessage, { params })
  await expect(quote).toHaveText('Original message deleted')
  expect((await quote.boundingBox())!.height).toBe(height)
  await expect(row(bob, text).getByRole('blockquote')).toHaveText('Original message deleted')
  await expect(quote.getByRole('link')).toHaveCount(0)
})

function row(page: Page, text: string) {
  return messages(page)
    .getByRole('article')
    .filter({ has: page.getByText(text, { exact: true }) })
}
