import { lazy, type ComponentType } from 'react'

const AGAIN_MS = 2_000

/** A part that is loaded when it is first shown, however long the network is away. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => {
    for (;;) {
      try {
        return { default: await load() }
      } catch {
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
      }
    }
  })
}
