import type { Stack } from '@conclave/dev-stack/stack'
import type { Page } from '@playwright/test'
import { fillSignIn, something, waitUntilLive, type Name } from './actions.ts'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { DESK } from './window-size.ts'

test.use({ pages: 'own' })

/** English in Arabic letters, from right to left; in the address only. */
const MIRRORED = 'ar-XB'

test.describe('in a German browser', () => {
  test.use({ locale: 'de-AT' })

  test('K7: everything is German from the first moment, with the days and times of the country', async ({
    newPage,
    stack,
  }) => {
    const page = await newPage()
    await page.goto(stack.web)
    await expect(page.locator('html')).toHaveAttribute('lang', 'de-AT')
    await expect(page.locator('html')).toHaveAttribute('dir', 'ltr')
    await expect(page).toHaveTitle('Anmelden · Conclave')
    await page.getByRole('button', { name: 'Anmelden' }).click()
    await arrive(page, stack, 'alice')
    await page.getByRole('navigation', { name: 'Räume' }).getByText('General').click()
    const text = something('Grüß Gott')
    await page.getByRole('textbox', { name: 'Nachricht an General' }).fill(text)
    await page.keyboard.press('Enter')
    const said = page.getByRole('log', { name: 'Nachrichten' }).getByRole('article').last()
    await expect(said.getByText(text)).toBeVisible()
    await expect(said.locator('time').first()).toHaveText(/^\d{1,2}:\d\d$/)
    await expect(said.locator('time').first()).toHaveAttribute(
      'title',
      /Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jänner/,
    )
    await expect(page.getByRole('heading', { name: 'Heute' })).toBeVisible()
    await expect(page.getByRole('link', { name: /^\d+ Mitglieder$/ })).toBeVisible()
  })
})

test('K7: a language in the address is that of the tab, one from the menu that of the browser, whoever signs in', async ({
  newPage,
  stack,
}) => {
  const page = await newPage()
  await page.goto(`${stack.web}?lang=de`)
  await page.getByRole('button', { name: 'Anmelden' }).click()
  await arrive(page, stack, 'alice')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(page.getByRole('navigation', { name: 'Räume' })).toBeVisible()

  const tab = await page.context().newPage()
  await tab.goto(stack.web)
  await expect(tab.getByRole('navigation', { name: 'Rooms' })).toBeVisible()
  await chooseLanguage(tab, 'Deutsch')
  await expect(tab.getByRole('navigation', { name: 'Räume' })).toBeVisible()
  await expect(tab.getByRole('button', { name: 'Alice Meyer' })).toBeFocused()
  const next = await page.context().newPage()
  await next.goto(stack.web)
  await expect(next.getByRole('navigation', { name: 'Räume' })).toBeVisible()

  await next.getByRole('button', { name: 'Alice Meyer' }).click()
  await next.getByRole('menuitem', { name: 'Abmelden' }).click()
  await expect(next.getByRole('button', { name: 'Anmelden' })).toBeVisible()
  await next.reload()
  await expect(next.getByRole('button', { name: 'Anmelden' })).toBeVisible()
  await next.goto(`${stack.web}?lang=nothing`)
  await expect(next.getByRole('button', { name: 'Anmelden' })).toBeVisible()

  await next.getByRole('button', { name: 'Anmelden' }).click()
  await arrive(next, stack, 'bob')
  await chooseLanguage(next, 'Wie der Browser')
  await expect(next.getByRole('navigation', { name: 'Rooms' })).toBeVisible()
  await expect(next.locator('html')).toHaveAttribute('lang', 'en-GB')
})

test('K7: from right to left, every screen is mirrored, without a word of English, and fits a narrow phone', async ({
  newPage,
  stack,
}) => {
  const page = await newPage()
  await page.goto(`${stack.web}?lang=${MIRRORED}`)
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await isMirrored(page, 'signing in')
  await page.getByRole('main').getByRole('button').first().click()
  await arrive(page, stack, 'carol')

  await page.locator('nav').getByText('General').click()
  const text = something('Left to right')
  await page.locator('textarea').fill(text)
  await page.keyboard.press('Enter')
  const said = page.getByRole('log').getByText(text)
  await expect(said).toBeVisible()
  expect(await said.evaluate((shown) => getComputedStyle(shown).direction)).toBe('ltr')
  const [list, column] = await boxes(page, ['nav', '#conversation'])
  expect(list.x).toBeGreaterThan(column.x + column.width - 1)
  const [avatar, name] = await boxes(page, ['article [data-initials]', 'article p bdi'])
  expect(avatar.x).toBeGreaterThan(name.x + name.width)
  await isMirrored(page, 'the conversation')

  await page.locator('#conversation header a[href$="/members"]').click()
  await expect(page.locator('aside li').first()).toBeVisible()
  await isMirrored(page, 'the members')
  await page.locator('aside li [aria-haspopup="menu"]').first().click()
  await isMirrored(page, 'the menu of a member')
  await page.keyboard.press('Escape')
  await page.locator('nav a[href="/rooms/browse"]').click()
  await expect(page.locator('#conversation li').first()).toBeVisible()
  await isMirrored(page, 'the open rooms')
  await page.locator('#conversation a[href="/rooms/new"]').click()
  await isMirrored(page, 'a new room')
  await openMenu(page)
  await isMirrored(page, 'the menu')
  await page.locator('[role="menu"] a[href="/sessions"]').click()
  await expect(page.locator('#conversation li').first()).toBeVisible()
  await isMirrored(page, 'the sessions')
  await openMenu(page)
  await page.locator('[role="menu"] a[href="/people"]').click()
  await page.locator('#conversation li').getByRole('button').last().click()
  await isMirrored(page, 'the question before somebody is blocked')
})

/** What people wrote, and names that are the same in every language. */
const DATA =
  /Conclave|English|Deutsch|General|Design|Random|Leads|Alice Meyer|Bob Tanaka|Carol Okafor|Mallory Voss|[\w.-]+@example\.com|Chrome|Linux|Auth0|\bnode\b/g

/** No word of English on the screen, nothing wider than the screen at 320 px, nothing that axe finds. */
async function isMirrored(page: Page, what: string): Promise<void> {
  expect([what, await latin(page)]).toEqual([what, []])
  expect([what, await violations(page)]).toEqual([what, []])
  await page.setViewportSize({ width: 320, height: 640 })
  // What floats finds its place anew a moment later.
  await expect(async () => expect([what, await wide(page)]).toEqual([what, []])).toPass()
  await page.setViewportSize(DESK)
}

/** Everything that is shown or read aloud with Latin letters in it, apart from data. */
async function latin(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const READ = ['aria-label', 'title', 'placeholder', 'alt']
    const written = '.written, .written-line, time'
    const isData = (element: Element) => element.closest(written) !== null
    const attributes = [...document.querySelectorAll('body *')].flatMap((element) =>
      isData(element) ? [] : READ.map((name) => element.getAttribute(name) ?? ''),
    )
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const shown: string[] = []
    while (walker.nextNode()) {
      const { parentElement, nodeValue } = walker.currentNode
      if (parentElement?.closest('script, style, noscript, #trouble[hidden]')) continue
      if (parentElement && !isData(parentElement)) shown.push(nodeValue ?? '')
    }
    return [document.title, ...attributes, ...shown]
  })
  return texts.filter((text) => /[A-Za-z]{2}/.test(text.replaceAll(DATA, '')))
}

/** What reaches over an edge of the screen. */
async function wide(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    const isCut = (element: Element | null): boolean => {
      if (!element || element === document.body) return false
      return getComputedStyle(element).overflowX !== 'visible' || isCut(element.parentElement)
    }
    const out = [...document.querySelectorAll('body *')].filter((element) => {
      const { left, right, width, height } = element.getBoundingClientRect()
      if (width < 2 || height < 2 || isCut(element.parentElement)) return false
      return left < -1 || right > clientWidth + 1
    })
    const names = out.map(({ tagName, className }) => `${tagName} ${className}`)
    return scrollWidth > clientWidth
      ? [`the page, by ${scrollWidth - clientWidth} px`, ...names]
      : names
  })
}

async function boxes(page: Page, selectors: [string, string]) {
  const [one, other] = await Promise.all(
    selectors.map((selector) => page.locator(selector).first().boundingBox()),
  )
  if (!one || !other) throw new Error(`not shown: ${selectors.join(' or ')}`)
  return [one, other] as const
}

/** The tenant's own page is English. */
async function arrive(page: Page, stack: Stack, name: Name): Promise<void> {
  const person = stack.people.find(({ email }) => email.startsWith(name))
  if (!person) throw new Error(`nobody is called ${name}`)
  await fillSignIn(page, person.email, person.password)
  await waitUntilLive(page)
}

async function openMenu(page: Page): Promise<void> {
  await page
    .locator('[aria-haspopup="menu"]')
    .filter({ has: page.locator('bdi') })
    .first()
    .click()
  await expect(page.getByRole('menu')).toBeVisible()
}

async function chooseLanguage(page: Page, language: string): Promise<void> {
  await openMenu(page)
  await page.getByRole('menuitemradio', { name: language }).click()
}
