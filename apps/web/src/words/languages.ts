import type { CompiledMessage } from 'icu-minify/format'

/** The same sentence in another language. */
export type Translate = (english: CompiledMessage) => CompiledMessage

/** `locale` is that of the page: a language, with the reader's region where they have one. */
export async function translationTo(locale: string): Promise<Translate | undefined> {
  // Each is a file of the build, and is loaded when it is asked for. English is in the code that says it.
  if (/^de\b/.test(locale)) return (await import('./de/german.ts')).german
  // English mirrored, in letters that are written from right to left: what shows whether the layout follows.
  if (locale === 'ar-XB') return (await import('./mirrored.ts')).mirrored
  return undefined
}
