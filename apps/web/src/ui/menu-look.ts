export const MENU_POPUP =
  'origin-(--transform-origin) rounded-control border border-line bg-raised p-1 shadow-float transition-[transform,opacity] duration-150 ease-calm outline-none [--behind:var(--paper-raised)] data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0'

export const MENU_ITEM =
  'flex min-h-9 touch:min-h-11 items-center gap-3 rounded-control px-3 py-1.5 outline-none select-none data-highlighted:bg-hover data-disabled:opacity-50 forced-colors:data-highlighted:outline-2'
