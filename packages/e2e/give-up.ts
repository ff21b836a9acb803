/**
 * When to give up on what is broken. A test that passes never waits so long, however busy the machine is; no test has a
 * bound of its own, unless that bound is what it tests.
 */
export const GIVE_UP = {
  expectMs: 45_000,
  testMs: 180_000,
  /** For a test that deploys or kills servers, or looks at hundreds of texts. */
  longTestMs: 540_000,
  /** A stack that starts; the previous release, built. */
  setUpMs: 360_000,
}
