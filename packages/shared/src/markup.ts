import type { Notifies } from './messages.ts'

/** The text of a message as a tree; whatever is no markup, and whatever is doubtful, is text. Nothing in it is ever HTML. */
export type Block =
  | { kind: 'paragraph'; inlines: Inline[] }
  | { kind: 'code'; language: string; text: string }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'list'; start: number | undefined; items: Block[][] }

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong' | 'emphasis' | 'strike'; inlines: Inline[] }
  | { kind: 'code'; text: string }
  /** `named`: the words are the author's, and may say anything. */
  | { kind: 'link'; href: string; named: boolean; inlines: Inline[] }
  | { kind: 'mention'; personId: string }
  | { kind: 'everybody'; notifies: Notifies }

/** How deep quotes and lists may be in one another; what is deeper is text. Keeps the work linear in the length of the text. */
export const MARKUP_DEPTH_MAX = 4
