import type { Stack } from '@conclave/dev-stack/stack'
import type { Name } from '../actions.ts'
import type { Browser, Tab } from './browser.ts'
import { click, KEY, turnWheel, type, until } from './hands.ts'

/** A room with more messages than fit the screen, and its first and last one. */
export interface LongRoom {
  name: string
  first: string
  last: string
}

export interface Visit {
  browser: Browser
  stack: Stack
  person: Name
  room: LongRoom
}

export interface Step {
  what: string
  go: () => Promise<void>
}

const LOG = '[role=log]'
const COMPOSER = 'textarea[aria-label^="Message "]'

/** The steps of a day's use; each continues where the previous one ended. */
export function dayOf(visit: Visit, tab: Tab): Step[] {
  const { browser, stack, room } = visit
  const mark = `in ${browser.name} at ${Date.now().toString(36)}`
  return [
    { what: 'signs in', go: () => signIn(visit, tab) },
    { what: 'reads', go: () => shows(tab, 'Came back') },
    { what: 'goes round with F6 and sees where', go: () => goesRound(tab) },
    { what: 'sends', go: () => says(tab, `Sent ${mark}`) },
    { what: 'reloads', go: () => reloads(tab, `Sent ${mark}`) },
    { what: 'goes back and forward after a reload', go: () => goesBack(tab) },
    { what: 'opens a second tab', go: () => opensSecond(visit, tab, `Second ${mark}`) },
    { what: 'scrolls through a long room', go: () => scrolls(tab, room) },
    { what: 'is cut off and comes back', go: () => comesBack(stack, tab, `Kept ${mark}`) },
    { what: 'signs out', go: () => signsOut(tab) },
    { what: 'goes Back and finds nothing', go: () => findsNothing(tab) },
  ]
}

async function signIn({ stack, person }: Visit, tab: Tab): Promise<void> {
  const found = stack.people.find(({ email }) => email.startsWith(person))
  await tab.open(stack.web)
  await click(tab, 'button', 'Sign in')
  await click(tab, '#email')
  await type(tab, found?.email ?? '')
  await click(tab, '#password')
  await type(tab, `${found?.password ?? ''}${KEY.enter}`)
  await isLive(tab)
}

async function isLive(tab: Tab): Promise<void> {
  await until(tab, 'live', () => document.documentElement.dataset['realtime'] === 'live')
}

async function shows(tab: Tab, text: string): Promise<void> {
  await until(tab, `"${text}" once`, isThereOnce, LOG, text)
}

function isThereOnce(log: string, words: string): boolean {
  return (document.querySelector<HTMLElement>(log)?.innerText ?? '').split(words).length - 1 === 1
}

async function goesRound(tab: Tab): Promise<void> {
  await click(tab, COMPOSER)
  for (const region of ['nav', LOG, COMPOSER]) {
    await type(tab, KEY.f6)
    await until(tab, `F6 in ${region}`, isFocusedIn, region)
    const ring = await tab.evaluate(ringOf)
    if (!ring) throw new Error(`F6 shows no ring in ${region}`)
  }
}

function isFocusedIn(region: string): boolean {
  return document.activeElement?.closest(region) !== null
}

/** The outline of the focused element, or, for the composer, the shadow of the box around it. */
function ringOf(): boolean {
  const focused = document.activeElement
  for (
    let element = focused;
    element && element !== document.body;
    element = element.parentElement
  ) {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
    if (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) return true
    if (focused?.matches('textarea') && boxShadow !== 'none') return true
  }
  return false
}

async function says(tab: Tab, text: string): Promise<void> {
  await click(tab, COMPOSER)
  await type(tab, `${text}${KEY.enter}`)
  await shows(tab, text)
  await until(
    tab,
    'sent',
    (log) => !/Sending|Waiting/.test(document.querySelector(log)?.textContent ?? ''),
    LOG,
  )
}

async function reloads(tab: Tab, text: string): Promise<void> {
  await tab.reload()
  await isLive(tab)
  await shows(tab, text)
}

async function goesBack(tab: Tab): Promise<void> {
  await openRoom(tab, 'Design')
  await tab.reload()
  await isIn(tab, 'Design')
  await isLive(tab)
  await tab.back()
  await isIn(tab, 'General')
  await tab.forward()
  await isIn(tab, 'Design')
  await openRoom(tab, 'General')
  await isLive(tab)
}

async function openRoom(tab: Tab, name: string): Promise<void> {
  await click(tab, 'nav a', name)
  await isIn(tab, name)
}

async function isIn(tab: Tab, name: string): Promise<void> {
  await until(tab, `the room ${name}`, isTitle, name)
}

function isTitle(words: string): boolean {
  return document.querySelector('h1')?.textContent?.includes(words) ?? false
}

async function opensSecond({ browser, stack }: Visit, first: Tab, text: string): Promise<void> {
  const second = await browser.newTab()
  await second.open(stack.web)
  await isLive(second)
  await openRoom(second, 'General')
  await says(second, text)
  await shows(first, text)
}

async function scrolls(tab: Tab, room: LongRoom): Promise<void> {
  await openRoom(tab, room.name)
  await shows(tab, room.last)
  await turnsUntil(tab, room.first, -3_000)
  const mounted = await tab.evaluate(
    (log) => document.querySelectorAll(`${log} [role=article], ${log} article`).length,
    LOG,
  )
  if (mounted > 100) throw new Error(`The page holds ${mounted} messages at once`)
  await turnsUntil(tab, room.last, 3_000)
  await openRoom(tab, 'General')
}

/** Takes as long as needed: older messages load page by page. */
async function turnsUntil(tab: Tab, words: string, deltaY: number): Promise<void> {
  for (let turn = 0; turn < 400; turn += 1) {
    if (await tab.evaluate(isOnScreen, LOG, words)) return
    await turnWheel(tab, LOG, deltaY)
  }
  throw new Error(`"${words}" never came`)
}

function isOnScreen(log: string, words: string): boolean {
  const list = document.querySelector(log)
  const box = list?.getBoundingClientRect()
  if (!list || !box) return false
  const articles = [...list.querySelectorAll('article, [role=article]')]
  const found = articles.find(({ textContent }) => textContent?.includes(words))
  const place = found?.getBoundingClientRect()
  return place !== undefined && place.bottom > box.top && place.top < box.bottom
}

/** A real refusal by the api and the broker, in the middle of writing. */
async function comesBack(stack: Stack, tab: Tab, text: string): Promise<void> {
  await stack.killPusher()
  await stack.killApi()
  try {
    await until(tab, 'cut off', () => document.documentElement.dataset['realtime'] !== 'live')
    await click(tab, COMPOSER)
    await type(tab, `${text}${KEY.enter}`)
    await shows(tab, text)
  } finally {
    await stack.startPusher()
    await stack.startApi()
  }
  await isLive(tab)
  await until(
    tab,
    'sent',
    (log) => !/Sending|Waiting|Not sent/.test(document.querySelector(log)?.textContent ?? ''),
    LOG,
  )
  await shows(tab, text)
}

async function signsOut(tab: Tab): Promise<void> {
  await click(tab, 'button', 'Available')
  await click(tab, '[role=menuitem]', 'Sign Out')
  await isSignedOut(tab)
}

async function findsNothing(tab: Tab): Promise<void> {
  await tab.back()
  await isSignedOut(tab)
}

async function isSignedOut(tab: Tab): Promise<void> {
  await until(tab, 'signed out', isOut, LOG)
}

function isOut(log: string): boolean {
  const buttons = [...document.querySelectorAll('button')]
  return (
    document.querySelector(log) === null &&
    buttons.some(({ textContent }) => textContent === 'Sign in')
  )
}
