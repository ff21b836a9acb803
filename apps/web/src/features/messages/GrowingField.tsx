import type { ComponentProps } from 'react'
import { useSendKey } from './send-key.ts'

/**
 * Far more than a message may have. Chromium takes seconds for each key to lay out a megabyte a second time, and more than
 * a minute to find its direction; so then the field scrolls by itself, in the direction of the page.
 */
const VAST_UNITS = 50_000

/** A field for the text of a message: one line that grows with it, up to a part of the screen. */
export function GrowingField({ value, ...rest }: ComponentProps<'textarea'> & { value: string }) {
  const sendKey = useSendKey()
  const isVast = value.length > VAST_UNITS
  return (
    <div
      // A hidden copy of the text gives the field its height, without a script measuring it.
      data-text={isVast ? undefined : `${value} `}
      className="grid max-h-[40dvh] min-w-0 flex-1 overflow-y-auto *:[grid-area:1/1] after:invisible after:[grid-area:1/1] after:content-[attr(data-text)] after:px-3 after:py-1.5 after:[overflow-wrap:anywhere] after:whitespace-pre-wrap touch:after:py-2.5 max-wide:after:text-[1rem]"
    >
      <textarea
        {...rest}
        value={value}
        data-region
        rows={1}
        // Until something is written, the field is written in as the page is read.
        dir={value === '' || isVast ? undefined : 'auto'}
        enterKeyHint={sendKey === 'enter' ? 'send' : 'enter'}
        className={`${isVast ? 'h-[40dvh]' : 'overflow-hidden'} min-w-0 touch:min-h-11 resize-none bg-transparent [overflow-wrap:anywhere] px-3 py-1.5 outline-none placeholder:text-soft touch:py-2.5 max-wide:text-[1rem]`}
      />
    </div>
  )
}
