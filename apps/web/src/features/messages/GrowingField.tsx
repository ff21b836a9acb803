import type { ComponentProps } from 'react'
import { useSendKey } from './send-key.ts'

/** A field for the text of a message: one line that grows with it, up to a part of the screen. */
export function GrowingField({ value, ...rest }: ComponentProps<'textarea'> & { value: string }) {
  const sendKey = useSendKey()
  return (
    <div
      // A hidden copy of the text gives the field its height, without a script measuring it.
      data-text={`${value} `}
      className="grid max-h-[40dvh] min-w-0 flex-1 overflow-y-auto *:[grid-area:1/1] after:invisible after:[grid-area:1/1] after:content-[attr(data-text)] after:px-3 after:py-1.5 after:[overflow-wrap:anywhere] after:whitespace-pre-wrap touch:after:py-2.5 max-wide:after:text-[1rem]"
    >
      <textarea
        {...rest}
        value={value}
        data-region
        rows={1}
        // Until something is written, the field is written in as the page is read.
        dir={value === '' ? undefined : 'auto'}
        enterKeyHint={sendKey === 'enter' ? 'send' : 'enter'}
        className="min-w-0 touch:min-h-11 resize-none overflow-hidden bg-transparent [overflow-wrap:anywhere] px-3 py-1.5 outline-none placeholder:text-soft touch:py-2.5 max-wide:text-[1rem]"
      />
    </div>
  )
}
