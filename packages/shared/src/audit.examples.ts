import { AuditEntry, AuditPage, listAudit } from './audit.ts'
import { ALICE, BOB, GENERAL, NOON, type Example } from './examples.ts'

const REQUEST = '0d6f6c2e-3b0f-4a52-9d0e-1f6f3a1c2b7e'

const added: AuditEntry = {
  number: 1,
  previous: '0'.repeat(64),
  at: NOON,
  actorId: ALICE,
  action: 'member.added',
  target: { roomId: GENERAL, personId: BOB },
  before: null,
  after: { role: 'member' },
  requestId: REQUEST,
  outcome: 'done',
  problem: null,
  line: '{"number" : 1}',
  hash: 'a'.repeat(64),
}
const refused: AuditEntry = {
  ...added,
  number: 2,
  action: 'addMember',
  after: null,
  outcome: 'refused',
  problem: 'not-allowed',
}

export const AUDIT_EXAMPLES: Record<string, Example> = {
  AuditEntry: {
    schema: AuditEntry,
    valid: [added, refused],
    invalid: {
      'a target that is no id': { ...added, target: { room: 'General' } },
      'a hash of another length': { ...added, hash: 'a'.repeat(40) },
      'an outcome there is not': { ...added, outcome: 'maybe' },
    },
  },
  AuditPage: {
    schema: AuditPage,
    valid: [
      { entries: [], last: null },
      { entries: [added], last: { number: 2, hash: refused.hash } },
    ],
    invalid: { 'a bare list': [added] },
  },
  listAudit: {
    schema: listAudit.query,
    valid: [{}, { after: '0', limit: '1000' }],
    invalid: { 'more than a page': { limit: '1001' }, 'a number': { after: 1 } },
  },
}
