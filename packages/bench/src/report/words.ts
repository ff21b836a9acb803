import type { Judged } from './goals.ts'

/** Three significant digits. */
export function show(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}

export function verdict({ met }: Judged): string {
  return { stretch: 'met, and the stretch', goal: 'met', no: 'not met' }[met]
}

export function against({ against }: Judged): string {
  if (against === undefined) return ''
  return ` ÷ ${typeof against === 'string' ? against : against.figure}`
}
