/** Fetches one page; `after` is the `next` of the page before. */
type AskPage<Page> = (query: { after?: string }) => Promise<Page>

/** Fetches all pages of a list, one after the other. */
export async function everyPage<Page extends { next?: string }>(
  ask: AskPage<Page>,
): Promise<[Page, ...Page[]]> {
  const first = await ask({})
  const pages: [Page, ...Page[]] = [first]
  for (let after = first.next; after !== undefined;) {
    const page: Page = await ask({ after })
    pages.push(page)
    after = page.next
  }
  return pages
}
