import { ProblemError } from '@conclave/shared/client'
import { channelName } from '@conclave/shared/channels'
import { postMessage } from '@conclave/shared/messages'
import { listRooms } from '@conclave/shared/rooms'
import postgres from 'postgres'
import { v7 as uuidv7 } from 'uuid'
import { choose, messages, openRoom, say, sees, signIn, something } from './actions.ts'
import { callAs, tokenOf } from './api-client.ts'
import { expect, test } from './fixtures.ts'

/** What the tutorial's diagrams show, one test for each line: here it holds. */

test('sign-in is required: without it there is no room, no history and no channel', async ({
  newPage,
  stack,
}) => {
  const page = await newPage()
  await page.goto(`${stack.web}/rooms`)
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expect(page.getByRole('log')).toHaveCount(0)
  for (const path of ['/v1/rooms', '/v1/me', '/v1/people'])
    expect((await fetch(stack.api + path)).status).toBe(401)
  const authorization = `Bearer ${await tokenOf(stack, 'alice')}`
  expect((await fetch(`${stack.api}/v1/rooms`, { headers: { authorization } })).status).toBe(200)
})

test('a private channel is authorized by the server, for the person who asks', async ({
  stack,
}) => {
  const design = (await (await callAs(stack, 'alice'))(listRooms, {})).rooms.find(
    ({ name }) => name === 'Design',
  )
  if (!design) throw new Error('the seed has a closed room')
  const body = JSON.stringify({
    socket_id: '1.1',
    channel_name: channelName({ kind: 'room', roomId: design.id, epoch: design.epoch }),
  })
  async function authorize(name: 'alice' | 'mallory') {
    const response = await fetch(`${stack.api}/pusher/auth`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await tokenOf(stack, name)}`,
        'content-type': 'application/json',
      },
      body,
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const alice = await authorize('alice')
  expect(alice.status).toBe(200)
  expect(alice.body).toHaveProperty('shared_secret')
  const mallory = await authorize('mallory')
  expect(mallory.status).toBe(404)
  expect(mallory.body).not.toHaveProperty('auth')
  expect(mallory.body).not.toHaveProperty('shared_secret')
})

test('a message goes to everyone in the room, and to nobody else', async ({
  alice,
  newPage,
  stack,
}) => {
  const carol = await signIn(await newPage(), stack, 'carol')
  const mallory = await signIn(await newPage(), stack, 'mallory')
  await openRoom(alice, 'Design')
  await openRoom(carol, 'Design')
  const text = something('For the two of us')
  await say(alice, text)
  await sees(carol, text)
  await openRoom(alice, 'General')
  const open = something('For everybody')
  await say(alice, open)
  // Wherever her first unread message is, this key goes to the latest.
  await messages(mallory).press('End')
  await sees(mallory, open)
  await expect(mallory.getByText(text)).toHaveCount(0)
})

test('the author is the token: a name in the body is refused', async ({ stack, alice }) => {
  const call = await callAs(stack, 'bob')
  const general = (await call(listRooms, {})).rooms.find(({ kind }) => kind === 'open')
  if (!general) throw new Error('everybody is in General')
  const text = something('Who says this')
  async function post(extra: Record<string, string>) {
    return fetch(`${stack.api}/v1/rooms/${general?.id}/messages`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await tokenOf(stack, 'bob')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ id: uuidv7(), text, ...extra }),
    })
  }
  for (const field of ['author', 'authorId', 'username', 'sender'])
    expect((await post({ [field]: 'Alice Meyer' })).status).toBe(400)
  await expect(messages(alice).getByText(text)).toHaveCount(0)
  expect((await post({})).status).toBe(201)
  await sees(alice, text)
})

test('HTML in a message is shown as text', async ({ alice, bob }) => {
  const mark = something('markup')
  const text = `<img src=x onerror="document.title='owned'"><b>${mark}</b><script>document.title='owned'</script>`
  await say(alice, text)
  await sees(bob, text)
  expect(await bob.title()).not.toContain('owned')
  await expect(messages(bob).locator('script, img[src="x"]')).toHaveCount(0)
})

test('the status menu works: Available, Busy and Away are stored and shown', async ({
  alice,
  bob,
}) => {
  await choose(alice, 'Away')
  await expect(bob.getByTitle('Alice Meyer, Away').first()).toBeVisible()
  await choose(alice, 'Available')
  await expect(bob.getByTitle('Alice Meyer, Available').first()).toBeVisible()
})

test('sign-out works: the screen, the tab and the Auth0 session are empty', async ({
  newPage,
  stack,
}) => {
  const alice = await signIn(await newPage(), stack, 'alice')
  await choose(alice, 'Sign Out')
  await expect(alice.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await alice.goto(stack.web)
  await expect(alice.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expect(alice.getByRole('log')).toHaveCount(0)
})

test('nothing is acknowledged before it is stored: a crash right after the answer loses nothing', async ({
  stack,
}) => {
  const call = await callAs(stack, 'alice')
  const general = (await call(listRooms, {})).rooms.find(({ kind }) => kind === 'open')
  if (!general) throw new Error('everybody is in General')
  const id = uuidv7()
  await call(postMessage, {
    params: { roomId: general.id },
    body: { id, text: something('Acknowledged, then a crash') },
  })
  await stack.killApi()
  const sql = postgres(stack.database, { max: 1 })
  const rows = await sql`select 1 from messages where id = ${id}`
  await sql.end()
  await stack.startApi()
  expect(rows.length).toBe(1)
  await expect(
    call(postMessage, { params: { roomId: general.id }, body: { id, text: 'Another text' } }),
  ).rejects.toBeInstanceOf(ProblemError)
})
