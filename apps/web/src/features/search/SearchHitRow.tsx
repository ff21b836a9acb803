import type { SearchHit } from '@conclave/shared/search'
import type { KeyboardEvent } from 'react'
import { Link } from 'react-router'
import { Moment } from '../../ui/Moment.tsx'
import { usePersonName } from '../people/people.queries.ts'
import { RoomGlyph } from '../rooms/RoomGlyph.tsx'
import type { NamedRoom } from '../rooms/RoomOrderProvider.tsx'
import { excerptPieces, type ExcerptPiece } from './excerpt-pieces.ts'
import { someone } from '../../words/en/people.en.ts'
import * as words from '../../words/en/search.en.ts'
import { rich, t } from '../../words/say.ts'

/** A message that was found: where, by whom, when, and up to two lines of it. */
export function SearchHitRow(props: {
  hit: SearchHit
  room: NamedRoom
  to: string
  isOpened: boolean
  onOpen: (hitId: string) => void
  onKeyDown: (event: KeyboardEvent) => void
}) {
  const { hit, room, to, isOpened, onOpen, onKeyDown } = props
  const name = usePersonName(hit.authorId) ?? t(someone)
  const time = <Moment at={hit.createdAt} to="minute" />
  return (
    <Link
      to={to}
      data-hit={hit.id}
      aria-current={isOpened || undefined}
      onClick={() => onOpen(hit.id)}
      onKeyDown={onKeyDown}
      className="block rounded-control px-3 py-2.5 -outline-offset-2 [--behind:var(--paper)] hover:bg-hover aria-current:bg-selected"
    >
      <span className="flex min-w-0 items-baseline gap-2 max-wide:block">
        <span className="flex min-w-0 items-baseline gap-2">
          <bdi className="written-line font-semibold">{name}</bdi>
          <span className="shrink-0 text-small text-soft">
            {hit.editedAt === undefined ? time : rich(words.editedAfter, { time })}
          </span>
        </span>
        <span className="ms-auto flex max-w-[45%] min-w-0 items-baseline gap-1.5 text-small text-soft max-wide:max-w-full">
          <span className="self-center">
            <RoomGlyph kind={room.kind} other={undefined} />
          </span>
          <bdi className="written-line" title={room.name}>
            {room.name}
          </bdi>
        </span>
      </span>
      <bdi dir="auto" className="mt-0.5 line-clamp-2 wrap-anywhere">
        {hit.cutBefore && '… '}
        {excerptPieces(hit.excerpt, hit.matches).map((piece) => (
          <Piece key={piece.at} piece={piece} />
        ))}
        {hit.cutAfter && ' …'}
      </bdi>
    </Link>
  )
}

function Piece({ piece }: { piece: ExcerptPiece }) {
  if (piece.personId !== undefined) return <Mentioned id={piece.personId} />
  if (!piece.isMatch) return piece.text
  return <mark className="rounded-xs bg-brass-line text-inherit">{piece.text}</mark>
}

function Mentioned({ id }: { id: string }) {
  const name = usePersonName(id) ?? t(someone)
  return <bdi className="font-medium">@{name}</bdi>
}
