/** How many characters a message may have, as people count them. */
export const MESSAGE_MAX_CHARS = 10_240
/** The counter is shown when fewer than this are left. */
export const COUNTER_BELOW_CHARS = 200

/** Whether a text is so short that nothing has to be counted: no character has less than one code unit. */
export function isShort(text: string): boolean {
  return text.length <= MESSAGE_MAX_CHARS - COUNTER_BELOW_CHARS
}
