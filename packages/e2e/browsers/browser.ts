/** What the test needs from a browser, over whichever protocol that browser speaks. */
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
  /** Runs in the page. Arguments and result are JSON, and it cannot use anything else of this file. */
  evaluate<Result, Args extends readonly unknown[]>(
    work: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>>
  /** Input like a person's: the actions of W3C WebDriver, which BiDi shares. */
  act(sources: readonly object[]): Promise<void>
  /** The screen, as PNG. */
  picture(): Promise<Buffer>
}

/** The browser is not installed, or has no display; the message says what is missing. */
export class NotHere extends Error {
  override readonly name = 'NotHere'
}
