/* oxlint-disable unicorn/consistent-function-scoping -- What is evaluated in the page brings its functions along. */
import type { Page, Response } from '@playwright/test'

/** Everything that a page of this origin can find again later, as one text. */
export async function stored(page: Page): Promise<string> {
  const found = await page.evaluate(async () => {
    const databases = await Promise.all(
      (await indexedDB.databases()).map(({ name = '' }) => contentOf(name)),
    )
    const caches_ = await Promise.all((await caches.keys()).map(cached))
    return {
      local: Object.entries(localStorage),
      session: Object.entries(sessionStorage),
      cookies: document.cookie,
      databases,
      caches: caches_,
      name: window.name,
      history: history.state as unknown,
    }

    async function contentOf(name: string): Promise<unknown> {
      const database = await settled(indexedDB.open(name))
      const stores = [...database.objectStoreNames]
      const rows = stores.map((store) =>
        settled(database.transaction(store).objectStore(store).getAll() as IDBRequest<unknown[]>),
      )
      return { name, rows: await Promise.all(rows) }
    }

    async function cached(name: string): Promise<unknown> {
      const cache = await caches.open(name)
      const answers = await cache.matchAll()
      return { name, texts: await Promise.all(answers.map((answer) => answer.text())) }
    }

    function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
      return new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('refused')))
      })
    }
  })
  return JSON.stringify(found)
}

/** Collects the tokens that the tenant gives to this browser, including its workers. */
export function watchTokens(page: Page): string[] {
  const tokens: string[] = []
  async function collect(response: Response): Promise<void> {
    const answer = (await response.json()) as Record<string, string>
    for (const name of ['access_token', 'refresh_token', 'id_token'])
      if (answer[name]) tokens.push(answer[name])
  }
  page.context().on('response', (response) => {
    // A refusal has no tokens, and for a page that was left there is no answer any more.
    if (response.url().includes('/oauth/token')) collect(response).catch(() => undefined)
  })
  return tokens
}
