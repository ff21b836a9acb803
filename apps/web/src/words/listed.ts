import { localeInForce } from './say.ts'

/** "Alice, Bob and Carol". */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(localeInForce()).format(names)
}
