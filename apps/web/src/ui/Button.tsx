import type { ComponentProps } from 'react'

const LOOKS = {
  primary: 'bg-brass text-on-brass hover:bg-brass-strong font-medium px-4 min-h-10',
  danger: 'bg-danger text-paper hover:opacity-90 font-medium px-4 min-h-10',
  plain: 'border border-line-strong hover:bg-hover px-4 min-h-10',
  quiet: 'text-brass hover:underline underline-offset-4 px-2 min-h-8',
  icon: 'text-soft hover:text-ink hover:bg-hover size-9',
} as const

export function Button({
  look = 'plain',
  className = '',
  ...rest
}: ComponentProps<'button'> & { look?: keyof typeof LOOKS }) {
  return (
    <button
      type="button"
      {...rest}
      className={`inline-flex shrink-0 items-center justify-center gap-2 rounded-control transition-opacity duration-150 disabled:opacity-40 touch:min-h-11 touch:min-w-11 ${LOOKS[look]} ${className}`}
    />
  )
}
