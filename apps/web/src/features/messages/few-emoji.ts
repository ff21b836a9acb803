// UTS #51, section 1.4.9, without what is shown as text, such as digits; the `v` flag is too new for some browsers.
const ONE = String.raw`(?:\p{Regional_Indicator}{2}|[#*\d]\uFE0F\u20E3|(?![#*\d\p{Regional_Indicator}])(?:\p{Emoji_Presentation}|\p{Emoji}(?:\uFE0F|\p{Emoji_Modifier}))`
const REST = String.raw`[\uFE0F\p{Emoji_Modifier}\u{E0020}-\u{E007F}]{0,8}(?:\u200D\p{Emoji}[\uFE0F\p{Emoji_Modifier}]{0,2}){0,5})`
const FEW = new RegExp(String.raw`^\s*(?:${ONE}${REST}\s*){1,3}$`, 'u')
const LONGEST = 120

/** Whether a text is one to three emoji and nothing else. */
export function isFewEmoji(text: string): boolean {
  return text.length <= LONGEST && FEW.test(text)
}
