import { Popover } from '@base-ui/react/popover'
import { SmilePlus } from 'lucide-react'
import { useRef, useState, type RefObject } from 'react'
import { hasMovedOn } from '../../ui/focus-back.ts'
import { MENU_POPUP } from '../../ui/menu-look.ts'
import * as words from '../../words/en/writing.en.ts'
import { t } from '../../words/say.ts'
import { LazyEmojiPicker } from '../emoji/LazyEmojiPicker.tsx'

/** The button beside the field that opens all emoji; `onChosen` puts one where the caret was. */
export function EmojiButton(props: {
  field: RefObject<HTMLElement | null>
  onChosen: (emoji: string) => void
}) {
  const { field, onChosen } = props
  const [isOpen, setIsOpen] = useState(false)
  const [search, setSearch] = useState('')
  const isChosen = useRef(false)
  return (
    <Popover.Root
      open={isOpen}
      onOpenChange={(open) => {
        isChosen.current = false
        if (open) setSearch('')
        setIsOpen(open)
      }}
    >
      <Popover.Trigger
        aria-label={t(words.addEmoji)}
        className="inline-flex size-8.5 shrink-0 items-center justify-center rounded-[6px] text-soft hover:bg-hover hover:text-ink data-popup-open:bg-selected touch:size-11"
      >
        <SmilePlus className="size-4.5" aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-10 outline-none"
        >
          <Popover.Popup
            className={MENU_POPUP}
            finalFocus={() => !hasMovedOn() && (isChosen.current ? field.current : true)}
          >
            <Popover.Title className="sr-only">{t(words.addEmoji)}</Popover.Title>
            <LazyEmojiPicker
              search={search}
              onSearch={setSearch}
              onChosen={(emoji) => {
                isChosen.current = true
                setIsOpen(false)
                onChosen(emoji)
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
