const MENTION = /<(?:@[0-9a-f-]{36}|!room|!here)>/g

/** The text with spaces in place of its mentions, so that nothing else moves: an id is no word, and names are not indexed. */
export function withoutMentions(text: string): string {
  return text.replaceAll(MENTION, (mention) => ' '.repeat(mention.length))
}
