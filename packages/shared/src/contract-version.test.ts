import { expect, test } from 'vitest'
import {
  CONTRACT_VERSION,
  fitOf,
  OLDEST_CLIENT,
  OLDEST_SERVER,
  versionValue,
} from './contract-version.ts'

const CLIENT = { version: 5, oldest: 3 }

test('a page and an api of one release fit', () => {
  expect(fitOf(versionValue())).toBe('fits')
  expect(OLDEST_CLIENT).toBeLessThanOrEqual(CONTRACT_VERSION)
  expect(OLDEST_SERVER).toBeLessThanOrEqual(CONTRACT_VERSION)
})

test.each([
  ['of its own version', { version: 5, oldest: 5 }, 'fits'],
  ['newer, and still serves it', { version: 9, oldest: 5 }, 'fits'],
  ['newer, and no longer serves it', { version: 9, oldest: 6 }, 'too-old'],
  ['older, and enough for it', { version: 3, oldest: 1 }, 'fits'],
  ['older than it can work with', { version: 2, oldest: 1 }, 'too-new'],
])('a page meets an api that is %s', (_, server, fit) => {
  expect(fitOf(versionValue(server), CLIENT)).toBe(fit)
})

test('what a later release adds to the header is ignored', () => {
  expect(fitOf('9;oldest=6;build="x"', CLIENT)).toBe('too-old')
  expect(fitOf('9; oldest=6', CLIENT)).toBe('too-old')
})

test.each([
  null,
  '',
  '9',
  '9;oldest=',
  '9;oldest=x',
  '9;oldest=6.5',
  '-9;oldest=6',
  '9;oldest=6, 9;oldest=6',
  'x9;oldest=6',
  '9;oldest=99999999999',
  '<!doctype html>',
])('%j says nothing', (value) => {
  expect(fitOf(value, CLIENT)).toBeUndefined()
})
