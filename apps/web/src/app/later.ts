import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import { awaitedPart } from './awaited-part.tsx'

/**
 * A part that is loaded when it is first shown, or before that by `preload`. When it cannot be, what stands in its place
 * says why, and goes on.
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
