import { useId, type ComponentProps, type ReactNode } from 'react'

/** A text field of one or more lines, with its label above and a hint below. */
export function TextField({
  label,
  hint,
  lines = 1,
  ...field
}: {
  label: string
  hint?: ReactNode
  lines?: number
} & Pick<
  ComponentProps<'textarea'>,
  | 'value'
  | 'onChange'
  | 'maxLength'
  | 'required'
  | 'placeholder'
  | 'autoComplete'
  | 'role'
  | 'aria-autocomplete'
  | 'aria-expanded'
  | 'aria-controls'
  | 'aria-activedescendant'
>) {
  const id = useId()
  const common = {
    ...field,
    id,
    // Until something is written, the field is written in as the page is read.
    dir: field.value === '' ? undefined : ('auto' as const),
    'aria-describedby': hint ? `${id}-hint` : undefined,
    className:
      'w-full min-h-10 touch:min-h-11 resize-none rounded-control border border-line-strong bg-raised px-3 py-2 max-wide:text-[1rem] placeholder:text-soft focus-visible:border-brass focus-visible:outline-offset-0',
  }
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {lines > 1 ? (
        <textarea rows={lines} {...common} />
      ) : (
        <input type="text" {...(common as ComponentProps<'input'>)} />
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-small text-soft">
          {hint}
        </p>
      )}
    </div>
  )
}
