import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CONTROL_ROUTES } from '../src/http/control.ts'
import { API_ROUTES } from '../src/http/routes.ts'
import { CLOSE } from '../src/protocol/close-codes.ts'

const files = globSync('*.test.ts', { cwd: import.meta.dirname })
const tests = files
  .filter((file) => file !== 'matrix.test.ts')
  .map((file) => readFileSync(`${import.meta.dirname}/${file}`, 'utf8'))
  .join('\n')

test.each([
  ...API_ROUTES.map(({ name }) => name),
  ...CONTROL_ROUTES.keys(),
  ...Object.values(CLOSE).map(([code]) => `${code}: `),
  '4301: ',
  '4302: ',
])('%s has a test of that name', (name) => {
  expect(tests).toMatch(new RegExp(`'${name.replaceAll('/', '\\/')}`))
})
