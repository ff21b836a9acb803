import type { ComponentProps, MouseEvent } from 'react'

const LOOKS = {
  primary: 'bg-brass text-on-brass hover:bg-brass-strong font-medium px-4 min-h-10',
  danger: 'bg-danger text-paper hover:opacity-90 font-medium px-4 min-h-10',
  plain: 'border border-line-strong hover:bg-hover px-4 min-h-10',
  quiet: 'text-brass hover:underline underline-offset-4 px-2 min-h-8',
  icon: 'text-soft hover:text-ink hover:bg-hover size-9',
} as const

/**
 * While busy, it cannot be pressed again but keeps the focus: browsers take the focus from a disabled button, and
 * keyboard users would have to start again at the top of the page.
 */
export function Button({
  look = 'plain',
  className = '',
  isBusy = false,
  onClick,
  ...rest
}: ComponentProps<'button'> & { look?: keyof typeof LOOKS; isBusy?: boolean }) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? refuse : onClick}
      className={`inline-flex shrink-0 items-center justify-center gap-2 rounded-control transition-opacity duration-150 disabled:opacity-40 aria-disabled:cursor-default aria-disabled:opacity-40 touch:min-h-11 touch:min-w-11 ${LOOKS[look]} ${className}`}
    />
  )
}

/** Enter in a form also presses its button. */
function refuse(event: MouseEvent): void {
  event.preventDefault()
}
