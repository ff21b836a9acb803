import { lazy, type ComponentType } from 'react'
import { awaitedPart } from './awaited-part.tsx'

/** A part that is loaded when it is first shown. When it cannot be, what stands in its place says why, and goes on. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => {
    try {
      return { default: await load() }
    } catch {
      return { default: awaitedPart(load) }
    }
  })
}
