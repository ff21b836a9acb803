import { lazy, type ComponentType, type LazyExoticComponent } from 'react'

const AGAIN_MS = 2_000

/** A part that is loaded when it is first shown, or before that by `preload`, however long the network is away. */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> & { preload: () => void } {
  let loading: Promise<{ default: ComponentType<Props> }> | undefined
  const loadOnce = () => (loading ??= loadAgain(load))
  return Object.assign(lazy(loadOnce), { preload: () => void loadOnce() })
}

async function loadAgain<Part>(load: () => Promise<Part>): Promise<{ default: Part }> {
  for (;;) {
    try {
      return { default: await load() }
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }
}
