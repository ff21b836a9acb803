export const DIALOG_BACKDROP =
  'fixed inset-0 z-20 bg-backdrop transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0'

export const DIALOG_POPUP =
  'fixed inset-0 z-20 m-auto flex h-fit max-h-[calc(100dvh-2rem)] w-110 max-w-[calc(100vw-2rem)] flex-col overflow-y-auto rounded-control border border-line bg-raised p-5 shadow-float transition-[scale,opacity] duration-150 ease-calm outline-none [--behind:var(--paper-raised)] data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0'
