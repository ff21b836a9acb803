import { localeInForce } from '../../words/say.ts'

/** One emoji, as the server accepts it in a reaction. */
export interface Emoji {
  emoji: string
  /** In the language of the page. */
  name: string
  /** What is typed between colons, as on GitHub; the first is the usual one. */
  shortcodes: readonly string[]
  /** Other words to find it by, in lower case. */
  words: readonly string[]
  group: number
}

/** What `emojibase-data` says of one. */
interface Listed {
  hexcode: string
  label: string
  unicode: string
  tags?: string[]
  group?: number
  order?: number
}

/** Parts of emoji, such as skin tones and hair. */
const COMPONENTS = 2

/** Everything there is, in the usual order; some 100 kB, so only once somebody asks for it. */
export async function loadEmoji(): Promise<readonly Emoji[]> {
  const isGerman = localeInForce().startsWith('de')
  const [english, shortcodes, german] = await Promise.all([
    import('emojibase-data/en/compact.json'),
    import('emojibase-data/en/shortcodes/github.json'),
    isGerman ? import('emojibase-data/de/compact.json') : undefined,
  ])
  return emojiOf(english.default, shortcodes.default, german?.default)
}

function emojiOf(
  english: readonly Listed[],
  shortcodes: Readonly<Record<string, string | string[]>>,
  local: readonly Listed[] = [],
): Emoji[] {
  const localOf = new Map(local.map((one) => [one.hexcode, one]))
  return english
    .filter(({ group }) => group !== undefined && group !== COMPONENTS)
    .map((one) => ({ ...one, emoji: qualified(one.unicode) }))
    .filter(({ emoji }) => isKnownHere(emoji))
    .toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map(({ emoji, hexcode, label, tags = [], group = 0 }) => {
      const here = localOf.get(hexcode)
      const words = [label, ...tags, here?.label ?? '', ...(here?.tags ?? [])]
      return {
        emoji,
        name: here?.label ?? label,
        shortcodes: [shortcodes[hexcode] ?? []].flat(),
        words: words.map((word) => word.toLowerCase()),
        group,
      }
    })
}

/** The best for a search, at most so many: by their shortcode, then by their words. */
export function findEmoji(list: readonly Emoji[], search: string, most: number): Emoji[] {
  const sought = search.toLowerCase().replaceAll(':', '')
  const ranked = list.map((one) => ({ one, rank: rankOf(one, sought) }))
  return ranked
    .filter(({ rank }) => rank < UNLIKE)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ one }) => one)
}

const UNLIKE = 6

function rankOf({ shortcodes, words }: Emoji, sought: string): number {
  if (shortcodes.includes(sought)) return 0
  if (shortcodes.some((code) => code.startsWith(sought))) return 1
  if (words.includes(sought)) return 2
  if (words.some((word) => word.startsWith(sought))) return 3
  if (words.some((word) => word.includes(` ${sought}`))) return 4
  return shortcodes.some((code) => code.includes(sought)) ? 5 : UNLIKE
}

/** Fully qualified: the list has the sign for "as a picture" also where a picture is what it is anyway (UTS #51, 1.4.2). */
function qualified(listed: string): string {
  return listed.replaceAll(/(\p{Emoji_Presentation})\uFE0F/gu, '$1')
}

/** Whether this browser knows it; a newer one would be shown as its parts, or as a box. */
function isKnownHere(emoji: string): boolean {
  return RGI?.test(emoji) ?? true
}

const RGI = rgi()

function rgi(): RegExp | undefined {
  try {
    return new RegExp(String.raw`^\p{RGI_Emoji}$`, 'v')
  } catch {
    // A browser that does not have this yet.
    return undefined
  }
}
