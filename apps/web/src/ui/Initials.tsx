import type { CSSProperties } from 'react'

/**
 * A round avatar with initials, in a muted colour. Decoration, because the name is always beside it; so the initials
 * are drawn with CSS and are not part of a button's text.
 */
export function Initials({
  name,
  seed,
  className = 'size-9 text-small',
}: {
  name: string
  seed: string
  className?: string
}) {
  return (
    <span
      aria-hidden="true"
      data-initials={initials(name)}
      style={{ '--hue': hue(seed) } as CSSProperties}
      className={`tint inline-flex shrink-0 items-center justify-center overflow-clip rounded-full font-medium select-none before:content-[attr(data-initials)] ${className}`}
    />
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/u)
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words
  return picked.map((word = '') => firstLetter(word).toLocaleUpperCase()).join('')
}

// A base character without its combining marks, however many are stacked on it.
function firstLetter(word: string): string {
  return /[\p{L}\p{N}]/u.exec(word.normalize('NFC'))?.[0] ?? ''
}

function hue(seed: string): number {
  let sum = 0
  for (const character of seed) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 3600
  return (sum % 12) * 30
}
