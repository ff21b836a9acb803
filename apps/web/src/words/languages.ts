import type { CompiledMessage } from 'icu-minify/format'

/** The same sentence in another language. */
export type Translate = (english: CompiledMessage) => CompiledMessage

/** English mirrored, in letters that are written from right to left: what shows whether the layout follows. */
const MIRRORED = 'ar-XB'

/** Each is a file of the build, and is loaded when it is asked for. English is in the code that says it. */
const LOADED: Readonly<Record<string, () => Promise<Translate>>> = {
  de: async () => (await import('./de/german.ts')).german,
  [MIRRORED]: async () => (await import('./mirrored.ts')).mirrored,
}

/** `locale` is that of the page: a language, with the reader's region where they have one. */
export async function translationTo(locale: string): Promise<Translate | undefined> {
  return (LOADED[locale] ?? LOADED[languageOf(locale)])?.()
}

function languageOf(locale: string): string {
  return locale.split('-', 1)[0] ?? locale
}
