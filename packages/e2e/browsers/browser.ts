/** What the day needs of a browser, over whichever protocol that browser speaks itself. */
export interface Browser {
  readonly name: string
  readonly version: string
  newTab(): Promise<Tab>
  close(): Promise<void>
}

export interface Tab {
  open(url: string): Promise<void>
  reload(): Promise<void>
  back(): Promise<void>
  forward(): Promise<void>
  /** Runs in the page; what it is given and gives back is JSON, and it sees nothing of this file. */
  run<Result, Given extends readonly unknown[]>(
    work: (...given: Given) => Result,
    ...given: Given
  ): Promise<Awaited<Result>>
  /** As a hand would: the actions of W3C WebDriver, which BiDi shares. */
  act(sources: readonly object[]): Promise<void>
  /** What is on the screen, as PNG. */
  picture(): Promise<Buffer>
}

/** A browser that is not installed, or has nothing to show itself on; what is missing in a sentence. */
export class NotHere extends Error {
  override readonly name = 'NotHere'
}
