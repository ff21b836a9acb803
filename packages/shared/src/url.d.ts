/** What Node and browsers have in common of it (WHATWG URL); this package has the types of neither. */
declare class URL {
  static canParse(address: string): boolean
  constructor(address: string)
  readonly href: string
  readonly protocol: string
  readonly username: string
  readonly password: string
  readonly host: string
}
