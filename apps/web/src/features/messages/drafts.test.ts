import { expect, test } from 'vitest'
import { keptIn, type KeptPlaces } from '../../session/kept.ts'
import { memoryStorage } from '../../session/memory-storage.ts'
import { forgetDrafts, roomDraft, type RoomDraft } from './drafts.ts'

test('D3: what is written in one tab is in the other, with the reply, and sent or cleared it is gone there', () => {
  const { tab } = browser()
  const [one, other] = [tab(), tab()]
  one.draft.change(() => ({ text: 'Half a thought', replyTo: 'message-1' }))
  expect(other.draft.now()).toEqual({ text: 'Half a thought', replyTo: 'message-1' })
  expect(tab().draft.now()).toEqual({ text: 'Half a thought', replyTo: 'message-1' })
  other.draft.change((draft) => ({ ...draft, text: 'Half a thought more' }))
  expect(one.draft.now().text).toBe('Half a thought more')
  one.isWriting = true
  other.draft.change(() => ({ text: '' }))
  expect(one.draft.now()).toEqual({ text: '' })
  expect(tab().draft.now()).toEqual({ text: '' })
})

test('D3: where somebody is writing, nothing is replaced, and neither text is lost', () => {
  const { tab } = browser()
  const [one, other] = [tab(), tab()]
  one.draft.change(() => ({ text: 'Mine' }))
  one.isWriting = true
  other.draft.change(() => ({ text: 'Other' }))
  expect([one, other].map(({ draft }) => draft.now().text)).toEqual(['Mine', 'Other'])
  one.draft.change(() => ({ text: 'Mine still' }))
  expect(other.draft.now().text).toBe('Other')
  expect([one, other].map((each) => each.reloaded().now().text)).toEqual(['Mine still', 'Other'])
  // Sent, each is gone by itself.
  other.draft.change(() => ({ text: '' }))
  expect([one, other].map(({ draft }) => draft.now().text)).toEqual(['Mine still', ''])
  one.draft.change(() => ({ text: '' }))
  expect([one, other].map((each) => each.reloaded().now().text)).toEqual(['', ''])
  // From then on there is one draft again.
  one.draft.change(() => ({ text: 'Together' }))
  expect(other.draft.now().text).toBe('Together')
})

test('D3: a tab that has not heard yet what another one wrote does not replace it', () => {
  const { tab, hold } = browser()
  const [one, other] = [tab(), tab()]
  const deliver = hold()
  one.draft.change(() => ({ text: 'First' }))
  other.draft.change(() => ({ text: 'Second' }))
  deliver()
  expect([one, other].map(({ draft }) => draft.now().text)).toEqual(['First', 'Second'])
  expect([one, other].map((each) => each.reloaded().now().text)).toEqual(['First', 'Second'])
})

test('D3: what another tab sent before does not clear what was begun since', () => {
  const { tab, hold } = browser()
  const [one, other] = [tab(), tab()]
  one.draft.change(() => ({ text: 'Sent' }))
  const deliver = hold()
  one.draft.change(() => ({ text: '' }))
  other.draft.change(() => ({ text: 'Begun since' }))
  deliver()
  expect([one, other].map(({ draft }) => draft.now().text)).toEqual(['Begun since', 'Begun since'])
})

test('D3: with the storage full, the page has its draft in memory; what a release before this one kept is found', () => {
  const { tab } = browser()
  const page = tab()
  page.places.tab.write('draft/room', 'Of before, in the tab')
  const draft = page.reloaded()
  expect(draft.now()).toEqual({ text: 'Of before, in the tab' })
  draft.change(({ text }) => ({ text: `${text}, and on` }))
  // And from then on in all tabs.
  expect(tab().draft.now().text).toBe('Of before, in the tab, and on')
  draft.change(() => ({ text: 'x'.repeat(1_000_000) }))
  expect(draft.now().text).toHaveLength(1_000_000)
  expect(page.places.browser.isStored()).toBe(false)
})

test('nobody else at this machine gets a draft, and those of lost rooms go', () => {
  const { tab } = browser()
  const mine = tab()
  mine.draft.change(() => ({ text: 'Of alice' }))
  expect(tab('auth0|bob').draft.now()).toEqual({ text: '' })
  forgetDrafts(mine.places.browser, (roomId) => roomId === 'room')
  expect(mine.reloaded().now().text).toBe('Of alice')
  forgetDrafts(mine.places.browser, () => false)
  expect(mine.reloaded().now().text).toBe('')
})

interface Tab {
  places: KeptPlaces
  draft: RoomDraft
  isWriting: boolean
  reloaded: () => RoomDraft
}

/** Tabs of one browser, which reports to each what the others do. */
function browser() {
  const stored = memoryStorage()
  const tabs = new Set<{ pages: EventTarget; local: Storage }>()
  let held: (() => void)[] | undefined

  function tell(from: Storage, key: string, oldValue: string | null): void {
    const newValue = stored.getItem(key)
    if (oldValue === newValue) return
    for (const { pages, local } of tabs) {
      if (local === from) continue
      const event = { key, oldValue, newValue, storageArea: local }
      const deliver = () => void pages.dispatchEvent(Object.assign(new Event('storage'), event))
      if (held) held.push(deliver)
      else deliver()
    }
  }

  function localOf(): Storage {
    const local: Storage = {
      clear: () => stored.clear(),
      get length() {
        return stored.length
      },
      key: (index) => stored.key(index),
      getItem: (key) => stored.getItem(key),
      setItem: (key, value) => {
        const before = stored.getItem(key)
        stored.setItem(key, value)
        tell(local, key, before)
      },
      removeItem: (key) => {
        const before = stored.getItem(key)
        stored.removeItem(key)
        tell(local, key, before)
      },
    }
    return local
  }

  function tab(person = 'auth0|alice'): Tab {
    const [session, local, pages] = [memoryStorage(), localOf(), new EventTarget()]
    tabs.add({ pages, local })
    const places = {
      tab: keptIn(() => session, person),
      browser: keptIn(() => local, person, pages),
    }
    const opened: Tab = {
      places,
      draft: roomDraft(places, 'room', () => opened.isWriting),
      isWriting: false,
      reloaded: () => roomDraft(places, 'room', () => false),
    }
    opened.draft.watch(() => undefined)
    return opened
  }

  return {
    tab,
    /** Reports are held back until the answer is called. */
    hold: () => {
      const waiting: (() => void)[] = (held = [])
      return () => {
        held = undefined
        for (const deliver of waiting) deliver()
      }
    },
  }
}
