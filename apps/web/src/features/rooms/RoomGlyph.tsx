import type { Person } from '@conclave/shared/people'
import type { Room } from '@conclave/shared/rooms'
import { Hash, Lock, Users } from 'lucide-react'
import { STANDING_NAMES, standingOf } from '../people/person-standing.ts'
import { StatusDot } from '../people/StatusDot.tsx'
import { t } from '../../words/say.ts'

/** The kind of room as an icon; for a direct room of two, the other person's status. */
export function RoomGlyph({ kind, other }: { kind: Room['kind']; other: Person | undefined }) {
  if (other) {
    return (
      <span className="flex size-4 shrink-0 items-center justify-center">
        <StatusDot status={standingOf(other)} />
        <span className="sr-only">{t(STANDING_NAMES[standingOf(other)])}</span>
      </span>
    )
  }
  const Glyph = { open: Hash, closed: Lock, direct: Users }[kind]
  return <Glyph className="size-4 shrink-0 text-soft" strokeWidth={1.75} aria-hidden="true" />
}
