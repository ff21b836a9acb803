import { Link } from 'react-router'
import { memberCount } from '../../words/en/rooms.en.ts'
import { t } from '../../words/say.ts'

/** The number of members, as a link to the list of them. */
export function MemberCount({ count, to }: { count: number; to: string }) {
  return (
    <Link
      to={to}
      className="relative tabular-nums underline-offset-4 after:absolute after:-inset-x-2 after:-inset-y-3.5 hover:text-ink hover:underline"
    >
      {t(memberCount, { count })}
    </Link>
  )
}
