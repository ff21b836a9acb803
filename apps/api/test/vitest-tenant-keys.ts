import { type KeyRing, newKeyRing } from '@conclave/auth0-emulator/keys'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** What the Auth0 emulators of this run sign with. */
    tenantKeys: KeyRing
  }
}

/** Made once, because each test file has an emulator. */
export async function setup(project: TestProject): Promise<void> {
  project.provide('tenantKeys', await newKeyRing())
}
