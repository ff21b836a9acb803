/** A small pill that can be pressed; a finger has more room than it shows. */
export const PILL =
  'inline-flex h-7 min-w-9 items-center justify-center gap-1.5 rounded-full border border-line bg-paper px-2 text-small tabular-nums hover:border-line-strong aria-disabled:cursor-default touch:h-9 touch:min-w-11 touch:after:absolute touch:after:-inset-1'
