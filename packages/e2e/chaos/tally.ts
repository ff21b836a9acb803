import type { RoomCounts } from '@conclave/client/node/room-watch'
import type { Poster, PosterCounts } from './poster.ts'
import type { ChaosReport } from './report.ts'
import type { Subscriber } from './subscriber.ts'

/** Writes into the report what the clients counted; doing so again changes nothing. */
export function tally(
  report: ChaosReport,
  posters: readonly Poster[],
  subscribers: readonly Subscriber[],
): void {
  function said(name: keyof PosterCounts): number {
    return posters.reduce((sum, { counts }) => sum + counts[name], 0)
  }
  function heard(name: keyof RoomCounts): number {
    return subscribers.reduce((sum, { counts }) => sum + counts[name], 0)
  }
  Object.assign(report, {
    acknowledged: posters.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0),
    retried: said('retried'),
    thrownAway: said('thrownAway'),
    repeats: said('repeats'),
    unavailable: said('unavailable'),
    disagreements: said('disagreements'),
    answers: said('answers'),
    edited: said('edited'),
    removed: said('removed'),
    reacted: said('reacted'),
    read: said('read'),
    moderated: said('moderated'),
    events: heard('folded'),
    duplicateEvents: heard('duplicates'),
    catchUps: heard('catchUps'),
    gaps: heard('gaps'),
    reloads: heard('reloads'),
    repairs: heard('repairs'),
  } satisfies Partial<ChaosReport>)
}
