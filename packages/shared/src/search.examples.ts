import { ALICE, GENERAL, NOON, type Example } from './examples.ts'
import { SearchHit, SearchPage } from './search.ts'

const hit: SearchHit = {
  id: '01900000-0000-7000-8000-0000000000f1',
  roomId: GENERAL,
  seq: 3,
  authorId: ALICE,
  createdAt: NOON,
  excerpt: 'The build is green again',
  matches: [{ start: 13, end: 18 }],
  cutBefore: false,
  cutAfter: true,
}

export const SEARCH_EXAMPLES: Record<string, Example> = {
  SearchHit: {
    schema: SearchHit,
    valid: [hit, { ...hit, editedAt: NOON }, { ...hit, matches: [] }],
    invalid: {
      'markup, where places are enough': { ...hit, html: 'The build is <b>green</b> again' },
      'a match without its end': { ...hit, matches: [{ start: 13 }] },
    },
  },
  SearchPage: {
    schema: SearchPage,
    valid: [
      { hits: [] },
      { hits: [hit], next: 'WzEsMiwzXQ', indexing: true },
      { hits: [], reason: { kind: 'unknown-person', about: 'nobody' } },
      { hits: [], reason: { kind: 'of a newer server', about: '' } },
    ],
    invalid: { 'a count, for which everything would be read': { hits: [], count: 1 } },
  },
}
