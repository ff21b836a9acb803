import { expect, test } from 'vitest'
import { keptIn } from '../../session/kept.ts'
import { memoryStorage } from '../../session/memory-storage.ts'
import { editDraftsIn, forgetEditDrafts } from './edit-drafts.ts'

const DRAFT = { text: 'See you at one', before: 'See you at noon' }

test('D2: an edit that is not saved is there after a reload, in its room, until it is dropped', () => {
  const storage = memoryStorage()
  const kept = () => keptIn(() => storage, 'auth0|a')
  editDraftsIn(kept(), 'general').write('m1', DRAFT)
  const again = editDraftsIn(kept(), 'general')
  expect(again.all()).toEqual(['m1'])
  expect(again.read('m1')).toEqual(DRAFT)
  expect(editDraftsIn(kept(), 'design').all()).toEqual([])
  again.drop('m1')
  expect(editDraftsIn(kept(), 'general').all()).toEqual([])
})

test('what another version of the page has stored there is not taken for an edit', () => {
  const kept = keptIn(memoryStorage, 'auth0|a')
  for (const stored of ['', 'null', '3', '{"text":1}', '{"text":"x"}', 'not JSON']) {
    kept.write('edit/general/m1', stored)
    expect(editDraftsIn(kept, 'general').read('m1')).toBeUndefined()
  }
})

test('edits in rooms that are not mine any more are gone', () => {
  const storage = memoryStorage()
  const kept = keptIn(() => storage, 'auth0|a')
  editDraftsIn(kept, 'general').write('m1', DRAFT)
  editDraftsIn(kept, 'design').write('m2', DRAFT)
  forgetEditDrafts(kept, (roomId) => roomId === 'general')
  expect(kept.names('')).toEqual(['edit/general/m1'])
})
