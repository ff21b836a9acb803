import { ADDRESS_LIMIT, LIMITS, type Limit } from '@conclave/shared/limits'

const DECLARED = { ...LIMITS, address: ADDRESS_LIMIT }
type ScaledName = keyof typeof DECLARED

const FACTOR = /^(?:([a-z]+):)?(\d{1,4}(?:\.\d{1,3})?)$/
/** A higher factor is allowed with a local Auth0 only: in production it would be no limit at all. */
const FACTOR_MAX = 10

/** `2` for all limits, `posting:2` for one; separate several by commas; the last one that matches counts. */
export function isLimitsFactor(text: string): boolean {
  return text.split(',').every((part) => {
    const [, name, factor] = FACTOR.exec(part) ?? []
    if (name !== undefined && !Object.hasOwn(DECLARED, name)) return false
    return factor !== undefined && Number(factor) > 0
  })
}

export function isGenerous(text: string): boolean {
  return Object.keys(DECLARED).some((name) => factorOf(text, name) > FACTOR_MAX)
}

export function scaledLimits(text = '1'): Record<ScaledName, Limit> {
  const scaled = Object.entries(DECLARED).map(([name, { max, windowSeconds }]) => [
    name,
    { max: Math.max(1, Math.floor(max * factorOf(text, name))), windowSeconds },
  ])
  return Object.fromEntries(scaled) as Record<ScaledName, Limit>
}

function factorOf(text: string, name: string): number {
  const parts = text.split(',').map((part) => FACTOR.exec(part) ?? [])
  const fitting = parts.findLast(([, named]) => named === undefined || named === name)
  return Number(fitting?.[2] ?? 1)
}
