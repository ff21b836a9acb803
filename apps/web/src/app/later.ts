import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import { awaitedPart } from './awaited-part.tsx'

/**
 * A part that is loaded when it is first shown, or earlier by `preload`. If it cannot be loaded, its place shows why,
 * and it is retried.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> & { preload: () => void } {
  let loading: Promise<{ default: ComponentType<Props> }> | undefined
  const loadOnce = () => (loading ??= loadOrAwait(load))
  return Object.assign(lazy(loadOnce), { preload: () => void loadOnce() })
}

async function loadOrAwait<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): Promise<{ default: ComponentType<Props> }> {
  try {
    return { default: await load() }
  } catch {
    return { default: awaitedPart(load) }
  }
}
