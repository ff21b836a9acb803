import { editMessage } from '@conclave/shared/edits'
import { removeMember } from '@conclave/shared/members'
import { postMessage } from '@conclave/shared/messages'
import {
  search,
  SEARCH_PAGE_SIZE,
  SEARCH_SENT_MAX_CHARS,
  type SearchHit,
  type SearchPage,
} from '@conclave/shared/search'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrive, type Colleague, outcomeOf, refusal } from '../../../test/data-people.ts'
import { NOWHERE, roomOf, say } from '../../../test/data-rooms.ts'
import { NAUGHTY_TEXTS } from '../../../test/data-texts.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'
import { fillSome } from './search-fill.worker.ts'
import { indexMessages } from './search-entries.store.ts'

let harness: Harness
let alice: Colleague
let bob: Colleague
let mallory: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one, two, three] = await arrive(harness, ['alice', 'bob', 'mallory'])
  alice = one!
  bob = two!
  mallory = three!
})
afterAll(async () => harness.close())

async function indexed(): Promise<void> {
  await expect
    .poll(async () => (await harness.sql`select from lagging where consumer = 'search'`).length)
    .toBe(0)
}

async function find(who: Colleague, q: string, cursor?: string): Promise<SearchPage> {
  return who.call(search, { query: { q, ...(cursor === undefined ? {} : { cursor }) } })
}

/** What this search finds in that room, as the matches in brackets. */
async function found(who: Colleague, roomId: string, q: string): Promise<string[]> {
  const { hits } = await find(who, `${q} in:${roomId}`)
  return hits.map(marked)
}

function marked({ excerpt, matches }: SearchHit): string {
  return matches.reduceRight(
    (text, { start, end }) =>
      `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`,
    excerpt,
  )
}

async function roomWith(...texts: string[]): Promise<string> {
  const { id } = await roomOf(alice, 'closed', [bob])
  for (const text of texts) await say(alice, id, text)
  await indexed()
  return id
}

const TEXTS: [q: string, text: string, marked?: string | undefined][] = [
  ['test', 'We are testing it', 'We are [test]ing it'],
  ['TESTING', 'We are testing it', 'We are [testing] it'],
  ['testings', 'We are testing it', undefined],
  ['esting', 'We are testing it', undefined],
  ['it we', 'We are testing it', '[We] are testing [it]'],
  ['cafe', 'At the Café.', 'At the [Café].'],
  ['café', 'At the CAFE', 'At the [CAFE]'],
  ['cafe\u0301s', 'two Cafés', 'two [Cafés]'],
  ['zurich strasse', 'Zürcher Straße', undefined],
  ['zurcher strasse', 'Zürcher Straße', '[Zürcher] [Straße]'],
  ['oresund', 'over the Øresund', 'over the [Øresund]'],
  ['łódź', 'to Lodz', 'to [Lodz]'],
  ['οδος', 'Η ΟΔΟΣ', 'Η [ΟΔΟΣ]'],
  ['istanbul', 'İSTANBUL', '[İSTANBUL]'],
  ['abc1', 'ＡＢＣ１２', '[ＡＢＣ１]２'],
  ['soft', 'so\u00adft', '[so\u00adft]'],
  ['hindi', 'हिन्दी', undefined],
  ['हिन्दी', 'यह हिन्दी है', 'यह [हिन्दी] है'],
  ['今天', '今天吃什么', '[今天]吃什么'],
  ['吃什', '今天吃什么', '今天[吃什]么'],
  ['今什', '今天吃什么', undefined],
  ['東京都', '明日は東京都へ行きます', '明日は[東京都]へ行きます'],
  ['がっこう', 'か\u3099っこうへ', '[か\u3099っこう]へ'],
  ['かっこ', 'がっこうへ', undefined],
  ['회의', '오늘회의가 있어요', '오늘[회의]가 있어요'],
  ['회의', '\u1112\u116c\u110b\u1174', '[\u1112\u116c\u110b\u1174]'],
  ['สวัสดี', 'พูดว่าสวัสดีครับ', 'พูดว่า[สวัสดี]ครับ'],
  ['iphone手机', '我用iPhone手机', '我用[iPhone手机]'],
  ['"green again"', 'The build is green again, thanks', 'The build is [green again], thanks'],
  ['"again green"', 'The build is green again, thanks', undefined],
  ['"green aga"', 'The build is green again, thanks', undefined],
  ['"green again"', 'It is **green** _again_', 'It is [green again]'],
  ['"天吃"', '今天吃什么', '今[天吃]什么'],
  ['a test', 'All tests', '[A]ll [test]s'],
  ['strong', 'this is **strong**', 'this is [strong]'],
  ['"first second"', '1. ~~first~~\n2. `second` <!here>', '[first\nsecond] <!here>'],
  ['stars', 'four \\*\\* stars', 'four ** [stars]'],
  ['emoji', '👩‍👩‍👧 emoji 👍', '👩‍👩‍👧 [emoji] 👍'],
  ['verylongwordthatgoeson', 'verylongwordthatgoesonandon', '[verylongwordthatgoeson]andon'],
  ['verylongwordx', 'verylongwordthatgoesonandon', undefined],
]

let texts: Promise<{ roomId: string; seqs: Map<string, number> }> | undefined

/** A room in which each of these texts is said, by its seq; made for the first test that needs it. */
async function everyText() {
  return (texts ??= sayEveryText())
}

async function sayEveryText() {
  const all = [...new Set(TEXTS.map(([, text]) => text))]
  const roomId = await roomWith(...all)
  return { roomId, seqs: new Map(all.map((text, nth) => [text, nth + 1])) }
}

test.each(TEXTS)('F4: "%s" in "%s"', async (q, text, expected) => {
  const { roomId, seqs } = await everyText()
  const { hits } = await find(bob, `${q} in:${roomId}`)
  const hit = hits.find(({ seq }) => seq === seqs.get(text))
  expect(hit && marked(hit)).toBe(expected)
})

test('F2: an outsider finds nothing, and somebody who was taken out nothing any more', async () => {
  const { id: roomId } = await roomOf(alice, 'closed', [bob])
  await say(alice, roomId, 'the unmistakable rhubarb')
  await indexed()
  expect((await find(bob, 'rhubarb')).hits).toMatchObject([{ roomId, seq: 1, authorId: alice.id }])
  expect(await find(mallory, 'rhubarb')).toEqual(await find(mallory, 'nobodysaidthis'))
  expect(await find(mallory, `rhubarb in:${roomId}`)).toEqual({
    hits: [],
    reason: { kind: 'unknown-room', about: roomId },
  })
  await alice.call(removeMember, { params: { roomId, personId: bob.id } })
  expect(await find(bob, 'rhubarb')).toEqual({ hits: [] })
  expect((await find(alice, 'rhubarb')).hits).toHaveLength(1)
})

test('F2: the newest come first, over all rooms, in pages of which each hit is on one', async () => {
  const rooms = [await roomWith(), await roomWith()]
  const count = SEARCH_PAGE_SIZE * 2 + 3
  const said: string[] = []
  for (let nth = 0; nth < count; nth += 1)
    said.push((await say(alice, rooms[nth % 2]!, `gooseberry ${nth}`)).id)
  await indexed()
  const pages = [await find(bob, 'gooseberry')]
  for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next)
    pages.push(await find(bob, 'gooseberry', next))
  expect(pages.map(({ hits }) => hits.length)).toEqual([SEARCH_PAGE_SIZE, SEARCH_PAGE_SIZE, 3])
  expect(pages.flatMap(({ hits }) => hits.map(({ id }) => id))).toEqual(said.toReversed())
  expect(pages[0]?.named?.people).toMatchObject([{ id: alice.id }])
})

test('F2: what is said all the time, and what was said years ago, is found in the same way', async () => {
  const roomId = await roomWith()
  // More than a person has few of, so that it is searched span by span; three each are of other spans.
  await harness.owner`
    with said as (
      insert into messages (room_id, id, seq, rev, author_id, text, created_at)
      select ${roomId}, uuidv7(), nth, nth, ${alice.id},
        'elderberry ' || case when nth % 800 = 1 then 'rarity' else 'common' end,
        date_trunc('milliseconds', now() - (2400 - nth) * interval '8 hours')
      from generate_series(1, 2400) nth
    ),
    filled as (insert into search_fill (room_id, below) values (${roomId}, 2401))
    update rooms set rev = 2400, last_seq = 2400 where id = ${roomId}`
  await harness.owner`update cursors set rev = 2400 where stream = ${`room:${roomId}`}`
  expect(await find(bob, 'elderberry')).toEqual({ hits: [], indexing: true })
  // The worker takes its share, too.
  await expect
    .poll(async () => {
      await fillSome(harness.ctx)
      return find(bob, 'elderberry')
    })
    .not.toHaveProperty('indexing')
  expect((await find(bob, 'elderberry')).hits.map(({ seq }) => seq)).toEqual(
    Array.from({ length: SEARCH_PAGE_SIZE }, (_, nth) => 2400 - nth),
  )
  const rare = await find(bob, 'rarity')
  expect(rare.hits.map(({ seq }) => seq)).toEqual([1601, 801, 1])
  const [between] = await harness.sql<{ date: string }[]>`
    select to_char(created_at, 'YYYY-MM-DD') as date from messages where room_id = ${roomId} and seq = 1200`
  const seqs = async (q: string) => (await find(bob, q)).hits.map(({ seq }) => seq)
  expect(await seqs(`rarity before:${between?.date}`)).toEqual([801, 1])
  expect(await seqs(`rarity after:${between?.date}`)).toEqual([1601])
  expect((await seqs(`elderberry before:${between?.date}`))[0]).toBeGreaterThan(1190)
})

test('F3: from, in, has, and together', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  const original = await say(alice, room.id, 'Quince, see https://example.com')
  await say(bob, room.id, 'quince `code` \u{1f600}')
  await say(bob, room.id, `quince for <@${alice.id}>`)
  await alice.call(postMessage, {
    params: { roomId: room.id },
    body: { id: v7(), text: 'quince indeed', replyTo: original.id },
  })
  const other = await roomWith('quince elsewhere')
  await indexed()
  const places = async (q: string) =>
    (await find(bob, q)).hits.map(({ roomId, seq }) => (roomId === room.id ? seq : 'elsewhere'))
  expect(await places('quince')).toEqual(['elsewhere', 4, 3, 2, 1])
  expect(await places('quince from:bob')).toEqual([3, 2])
  expect(await places('quince from:ME')).toEqual([3, 2])
  expect(await places(`quince from:@Alice in:${room.id}`)).toEqual([4, 1])
  expect(await places(`quince from:${alice.id} from:bob in:${room.id}`)).toEqual([4, 3, 2, 1])
  expect(await places(`in:${other}`)).toEqual(['elsewhere'])
  expect(await places(`in:"closed room" quince`)).toEqual(['elsewhere', 4, 3, 2, 1])
  expect(await places('quince has:link')).toEqual([1])
  expect(await places('quince has:code')).toEqual([2])
  expect(await places('quince has:emoji')).toEqual([2])
  expect(await places('quince has:mention')).toEqual([3])
  expect(await places('quince has:reply')).toEqual([4])
  expect(await places('quince has:reply has:link')).toEqual([])
  expect(await places('quince before:2020-01-01')).toEqual([])
  expect(await places('quince after:2020-01-01 has:link')).toEqual([1])
  expect(await places('quince after:2199-01-01')).toEqual([])
})

test('F3: a name that very many have hides no other name', async () => {
  await harness.owner`
    insert into people (auth0_sub, name, email, email_verified, role)
    select 'crowd-' || nth, 'Walter ' || nth, 'walter-' || nth || '@example.com', true, 'member'
    from generate_series(1, 60) nth`
  const roomId = await roomWith('medlar')
  await indexed()
  for (const names of ['from:walter from:alice', 'from:alice from:walter from:Walter'])
    expect([names, await found(bob, roomId, `medlar ${names}`)]).toEqual([names, ['[medlar]']])
  expect(await found(bob, roomId, 'medlar from:walter')).toEqual([])
})

test.each([
  ['', 'nothing-to-find', ''],
  ['  ', 'nothing-to-find', ''],
  ['!!! ?', 'nothing-to-find', '!!! ?'],
  ['a', 'too-short', 'a'],
  ['天', 'too-short', '天'],
  ['from:', 'no-value', 'from:'],
  ['word in:""', 'no-value', 'in:'],
  ['has:', 'no-value', 'has:'],
  ['from: in: before: after: has:', 'no-value', 'from:'],
  ['a before:2020-01-01', 'too-short', 'a before:2020-01-01'],
  ['from:nobody', 'unknown-person', 'nobody'],
  ['word from:@', 'unknown-person', '@'],
  ['from:\u0301', 'unknown-person', '\u0301'],
  [`from:${NOWHERE}`, 'unknown-person', NOWHERE],
  ['word in:nowhere', 'unknown-room', 'nowhere'],
  ['in:#', 'unknown-room', '#'],
  [`in:${NOWHERE} word`, 'unknown-room', NOWHERE],
  ['word before:yesterday', 'unknown-date', 'yesterday'],
  ['word after:2026-02-30', 'unknown-date', '2026-02-30'],
  ['word has:rhythm', 'unknown-thing', 'rhythm'],
])('F3: "%s" finds nothing, and says why', async (q, kind, about) => {
  expect(await find(alice, q)).toEqual({ hits: [], reason: { kind, about } })
})

test('F2: any text and any date is an answer, and what is no search a named problem', async () => {
  for (const text of NAUGHTY_TEXTS) {
    for (const q of [
      text,
      `"${text}"`,
      `from:"${text}"`,
      `in:"${text}"`,
      `has:${text}`,
      `before:${text}`,
    ]) {
      const cut = Array.from(q).slice(0, SEARCH_SENT_MAX_CHARS).join('')
      expect([cut, await outcomeOf(find(alice, cut))]).toEqual([cut, 'done'])
    }
  }
  for (const year of ['0000', '0001', '1582', '1970', '9999'])
    for (const operator of ['before', 'after'])
      expect(await outcomeOf(find(alice, `word ${operator}:${year}-01-01`))).toBe('done')
  expect(await outcomeOf(find(alice, 'x'.repeat(SEARCH_SENT_MAX_CHARS)))).toBe('done')
  const dense = Array.from({ length: SEARCH_SENT_MAX_CHARS }, (_, nth) =>
    String.fromCodePoint(0x20000 + nth),
  )
  expect(await outcomeOf(find(alice, dense.join('')))).toBe('done')
  expect(await refusal(find(alice, 'x'.repeat(SEARCH_SENT_MAX_CHARS + 1)))).toBe('invalid-request')
  const cursors = [
    'x',
    place(null),
    place([1]),
    place([-1, NOWHERE, 1]),
    place([1, 'x', 1]),
    place([1, NOWHERE, 0.5]),
    place([1e300, NOWHERE, 1]),
  ]
  for (const cursor of cursors)
    expect(await refusal(find(alice, 'word', cursor))).toBe('invalid-request')
  for (const at of [0, 1, 8.64e15])
    expect(
      await outcomeOf(find(alice, 'word', place([at, NOWHERE, Number.MAX_SAFE_INTEGER]))),
    ).toBe('done')
})

test('an id in a mention is no word, and no excerpt has half of one', async () => {
  const mention = `<@${bob.id}>`
  const filler = `${'lorem ipsum '.repeat(6)}${mention} `
  const roomId = await roomWith(
    `${mention} medlar ${mention}`,
    `${filler.repeat(4)}sorb ${filler.repeat(9)}`,
  )
  expect(await found(bob, roomId, bob.id.slice(0, 8))).toEqual([])
  expect(await found(bob, roomId, 'medlar')).toEqual([`${mention} [medlar] ${mention}`])
  const { hits } = await find(bob, `sorb in:${roomId}`)
  expect(hits).toMatchObject([{ cutBefore: true, cutAfter: true }])
  expect(hits[0]?.excerpt).toContain(mention)
  expect(hits[0]?.excerpt.replaceAll(mention, '')).not.toMatch(/[<>@]/)
})

test('an edited text is found by its new words, and by its old ones no more from the edit on', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  const message = await say(alice, room.id, 'mulberry')
  await indexed()
  await alice.call(editMessage, {
    params: { roomId: room.id, messageId: message.id },
    body: { text: 'damson' },
  })
  expect((await find(bob, 'mulberry')).hits).toEqual([])
  expect(await wordsIn(room.id)).not.toContain('mulberry')
  await indexed()
  expect(await found(bob, room.id, 'damson')).toEqual(['[damson]'])
})

test('a removed text leaves the index in its own transaction, and never comes back', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  const removed = await say(alice, room.id, 'boysenberry')
  await say(alice, room.id, 'boysenberry too')
  await indexed()
  expect(await wordsIn(room.id)).toEqual([' boysenberry ', ' boysenberry too '])
  await harness.sql.begin(async (sql) => {
    await sql`
      update messages set text = '', removed_at = now(), removed_by = 'author', rev = 3
      where id = ${removed.id}`
    const seen = await sql`select words from search_entries where room_id = ${room.id} and seq = 1`
    expect([...seen]).toEqual([{ words: '' }])
  })
  expect((await find(bob, 'boysenberry')).hits).toMatchObject([{ seq: 2 }])
  // A flight that has read it before the removal.
  await harness.sql.begin(async (sql) => indexMessages(sql, [removed]))
  expect(await wordsIn(room.id)).toEqual(['', ' boysenberry too '])
  await harness.sql`delete from messages where room_id = ${room.id} and seq = 2`
  expect(await wordsIn(room.id)).toEqual([''])
})

async function wordsIn(roomId: string): Promise<string[]> {
  const rows = await harness.sql<{ words: string }[]>`
    select words from search_entries where room_id = ${roomId} order by seq`
  return rows.map(({ words }) => words)
}

function place(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
