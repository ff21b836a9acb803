import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { launchBrowser } from '@conclave/browser/launch'
import { expect, type Page } from '@playwright/test'
import { startStack } from '@conclave/dev-stack/stack'
import { confirm, openMembers, openRoom, openStatusMenu, signIn } from './actions.ts'
import { talkOfTheDay } from './screens.talk.ts'

/** `pnpm screens`: pictures of the main screens, written to docs/screens. */
const folder = fileURLToPath(new URL('../../docs/screens/', import.meta.url))
mkdirSync(folder, { recursive: true })

const WIDE = { width: 1280, height: 800 }
const PHONE = { width: 360, height: 740 }

const stack = await startStack({ web: 'built', ports: 'free', seed: true })
const browser = await launchBrowser()
const talk = await talkOfTheDay(stack)

for (const colorScheme of ['light', 'dark'] as const) {
  const context = await browser.newContext({ viewport: WIDE, colorScheme, locale: 'en-GB' })
  const page = await context.newPage()
  async function shoot(name: string): Promise<void> {
    await atRest(page)
    await page.screenshot({ path: `${folder}${name}-${colorScheme}.png` })
  }

  await page.goto(stack.web)
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  await shoot('sign-in')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('Password').waitFor()
  await shoot('stand-in-login')
  await page.getByRole('link', { name: 'Sign up' }).click()
  await page.getByLabel('Name').waitFor()
  await shoot('stand-in-sign-up')

  await signIn(page, stack, 'alice')
  await openRoom(page, 'General')
  await page.getByText('Tried it. Came back').waitFor()
  await shoot('conversation')
  await openStatusMenu(page)
  await page.getByRole('menu').waitFor()
  await shoot('status-menu')
  await page.keyboard.press('Escape')
  await openRoom(page, 'Design')
  await page.getByText('Can you try the mark').waitFor()
  await shoot('closed-room')

  await openRoom(page, talk.name)
  await page.getByText(talk.last).waitFor()
  await quotesShown(page)
  await page.getByText(talk.code).hover()
  await shoot('formatted')
  await page.keyboard.press('Control+/')
  await page.getByRole('dialog').waitFor()
  await shoot('keys')
  await page.keyboard.press('Escape')
  await page.getByRole('textbox', { name: /^Message / }).pressSequentially('@bo')
  await page.getByRole('option').first().waitFor()
  await shoot('mention')
  await page.getByRole('textbox', { name: /^Message / }).fill('')
  await page.goto(`${stack.web}/search?q=${talk.word}`)
  await page.getByText(talk.last).waitFor()
  await shoot('search')
  await page.setViewportSize(PHONE)
  await shoot('phone-search')
  await openTalk(page)
  await quotesShown(page)
  await shoot('phone-formatted')
  await openDesign(page)
  await shoot('phone-conversation')
  await page.goto(`${stack.web}/rooms`)
  await page.getByRole('navigation', { name: 'Rooms' }).waitFor()
  await shoot('phone-rooms')
  await context.close()

  const ofCarol = await browser.newContext({ viewport: WIDE, colorScheme, locale: 'en-GB' })
  await shootTrust(await ofCarol.newPage(), colorScheme)
  await ofCarol.close()
}

await browser.close()
await stack.close()
process.exit()

/** Quotes and actions are loaded after the messages. */
async function quotesShown(page: Page): Promise<void> {
  await page.getByText('does jittered go below').first().waitFor()
  await page.getByRole('button', { name: 'Add a reaction' }).first().waitFor({ state: 'attached' })
}

async function openTalk(page: Page): Promise<void> {
  await page.goto(`${stack.web}/rooms/${talk.roomId}`)
  await page.getByText(talk.last).waitFor()
}

async function openDesign(page: Page): Promise<void> {
  await page.goto(`${stack.web}/rooms`)
  await openRoom(page, 'Design')
  await page.getByText('Can you try the mark').waitFor()
}

/** What an owner sees of rooms and people, on a wide screen and on a phone. */
async function shootTrust(page: Page, colorScheme: string): Promise<void> {
  async function shoot(name: string): Promise<void> {
    for (const [size, viewport] of Object.entries({ wide: WIDE, phone: PHONE })) {
      await page.setViewportSize(viewport)
      await atRest(page)
      await page.screenshot({ path: `${folder}${name}-${size}-${colorScheme}.png` })
    }
    await page.setViewportSize(WIDE)
  }

  await signIn(page, stack, 'carol')
  await openRoom(page, 'Design')
  await openMembers(page)
  await shoot('members')
  await page.getByRole('button', { name: 'Actions for Alice Meyer' }).click()
  await page.getByRole('menuitem', { name: 'Remove from the room…' }).click()
  await page.getByRole('alertdialog').waitFor()
  await shoot('remove-member')
  await page.getByRole('button', { name: 'Cancel' }).click()

  await page.goto(`${stack.web}/rooms/browse`)
  await page.getByRole('list', { name: 'Open rooms' }).waitFor()
  await shoot('browse-rooms')
  await page.goto(`${stack.web}/rooms/new`)
  await page.getByLabel('Name').waitFor()
  await shoot('new-room')
  await page.goto(`${stack.web}/sessions`)
  await page.getByRole('list', { name: 'Places' }).waitFor()
  await shoot('sessions')

  await page.goto(`${stack.web}/workspace`)
  await page.getByRole('radio').first().waitFor()
  await shoot('workspace')

  await page.goto(`${stack.web}/people`)
  await page.getByRole('button', { name: 'Block Mallory Voss' }).click()
  await page.getByLabel('Reason').fill('Left the company')
  await shoot('block')
  await confirm(page, 'Block')
  await page.getByText('Refused by Conclave').waitFor()
  await expect(page.getByText('waiting')).toHaveCount(0, { timeout: 30_000 })
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await shoot('people')
  await page.getByRole('button', { name: 'Unblock Mallory Voss' }).click()
  await page.getByRole('button', { name: 'Block Mallory Voss' }).waitFor()
}

/** Skeletons and animations do not belong in the pictures. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map(({ finished }) => finished)),
  )
}
