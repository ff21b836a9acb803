import { lastOwner } from '../words/en/lists.en.ts'
import { t } from '../words/say.ts'

/** Why the other roles in a menu are disabled. */
export function LastOwnerHint() {
  return <p className="px-3 py-1.5 text-small text-soft">{t(lastOwner)}</p>
}
