import { Popover } from '@base-ui/react/popover'
import { Tooltip } from '@base-ui/react/tooltip'
import { useRef, useState, type KeyboardEvent } from 'react'
import { LazyEmojiPicker } from '../emoji/LazyEmojiPicker.tsx'
import { finalFocusOf } from '../../ui/focus-back.ts'
import { isTyped } from '../../ui/is-typed.ts'
import { MENU_POPUP } from '../../ui/menu-look.ts'
import * as words from '../../words/en/reactions.en.ts'
import { allEmoji } from '../../words/en/writing.en.ts'
import { t } from '../../words/say.ts'
import type { Word } from '../../words/word.ts'
import type { Choosing } from './live.ts'

/** The emoji that people choose from; each fully qualified, because the server refuses others. */
export const PALETTE: readonly (readonly [emoji: string, name: Word])[] = [
  ['👍', words.thumbsUp],
  ['❤️', words.heart],
  ['😂', words.tearsOfJoy],
  ['🎉', words.partyPopper],
  ['🙏', words.foldedHands],
  ['👀', words.eyes],
  ['✅', words.checkMark],
  ['🔥', words.fire],
  ['👏', words.clappingHands],
  ['🙌', words.raisedHands],
  ['💯', words.hundredPoints],
  ['🚀', words.rocket],
  ['😊', words.smile],
  ['😍', words.heartEyes],
  ['😅', words.relievedLaugh],
  ['🤔', words.thinking],
  ['😮', words.surprised],
  ['😢', words.crying],
  ['👎', words.thumbsDown],
  ['💪', words.strongArm],
  ['👋', words.wavingHand],
  ['💡', words.lightBulb],
  ['☕', words.coffee],
  ['❓', words.questionMark],
]
const COLUMNS = 6

/** The emoji to choose from and the names of a chip, above the messages. */
export function ReactionPopups(props: {
  /** What opened it, and the emoji with which I have reacted already. */
  choosing: (Choosing & { mine: readonly string[] }) | undefined
  onChosen: (emoji: string) => void
  onClosed: () => void
  /** The names that are shown, and the chip that they belong to. */
  names: { chip: HTMLElement; text: string } | undefined
  /** The pointer is on the names, or has left them. */
  onKept: (isKept: boolean) => void
}) {
  return (
    <>
      <Palette {...props} />
      <Names {...props} />
    </>
  )
}

function Palette(props: Parameters<typeof ReactionPopups>[0]) {
  const { choosing, onChosen, onClosed } = props
  const last = useLast(choosing)
  return (
    <Popover.Root
      open={choosing !== undefined}
      onOpenChange={(open, { event }) => {
        // A press of the button is handled by the button.
        const isOnButton = event.target instanceof Node && last?.button.contains(event.target)
        if (!open && !isOnButton) onClosed()
      }}
    >
      <Popover.Portal>
        <Popover.Positioner
          anchor={last?.place ?? null}
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-10 outline-none"
        >
          <Popover.Popup className={MENU_POPUP} finalFocus={last && finalFocusOf(last.goBack)}>
            <Popover.Title className="sr-only">{t(words.reactWith)}</Popover.Title>
            <Choices mine={last?.mine ?? []} onChosen={onChosen} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** Those that are wanted most, and a button for all of them; whoever types searches all of them. */
function Choices(props: { mine: readonly string[]; onChosen: (emoji: string) => void }) {
  const { onChosen } = props
  const [search, setSearch] = useState<string>()
  const box = useRef<HTMLDivElement>(null)

  function onKeyDown(event: KeyboardEvent): void {
    // All of them, once they are there, have a field of their own.
    const isHere = search === undefined || event.target === box.current
    if (!isHere || !isTyped(event.nativeEvent)) return
    event.preventDefault()
    searchFor((search ?? '') + event.key)
  }

  /** What is typed until the field is there goes on in it. */
  function searchFor(text: string): void {
    box.current?.focus()
    setSearch(text)
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- The keys are those of what is in it.
    <div ref={box} tabIndex={-1} onKeyDown={onKeyDown} className="outline-none">
      {search === undefined ? (
        <Few {...props} onAll={() => searchFor('')} />
      ) : (
        <LazyEmojiPicker search={search} onSearch={setSearch} onChosen={onChosen} />
      )}
    </div>
  )
}

function Few(props: {
  mine: readonly string[]
  onChosen: (emoji: string) => void
  onAll: () => void
}) {
  const { mine, onChosen, onAll } = props
  return (
    <div
      role="toolbar"
      tabIndex={-1}
      aria-label={t(words.emoji)}
      onKeyDown={moveFocus}
      className="grid grid-cols-6"
    >
      {PALETTE.map(([emoji, name], index) => (
        <button
          key={emoji}
          type="button"
          aria-label={t(name)}
          aria-pressed={mine.includes(emoji)}
          tabIndex={index === 0 ? 0 : -1}
          onClick={() => onChosen(emoji)}
          className="flex size-10 items-center justify-center rounded-control font-emoji text-[1.25rem] hover:bg-hover focus-visible:-outline-offset-2 aria-pressed:bg-selected touch:size-11"
        >
          {emoji}
        </button>
      ))}
      <button
        type="button"
        tabIndex={-1}
        onClick={onAll}
        className="col-span-full flex min-h-10 items-center justify-center rounded-control text-small text-soft hover:bg-hover hover:text-ink focus-visible:-outline-offset-2 touch:min-h-11"
      >
        {t(allEmoji)}
      </button>
    </div>
  )
}

/** Arrow keys move over the grid as it is seen, also where it runs from right to left. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
  const now = buttons.findIndex((button) => button === event.target)
  const ahead = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1
  const next = {
    ArrowRight: now + ahead,
    ArrowLeft: now - ahead,
    ArrowDown: now + COLUMNS,
    ArrowUp: now - COLUMNS,
    Home: 0,
    End: buttons.length - 1,
  }[event.key]
  if (next === undefined) return
  event.preventDefault()
  const target = buttons[next]
  if (!target) return
  for (const button of buttons) button.tabIndex = button === target ? 0 : -1
  target.focus({ focusVisible: true })
}

function Names({ names, onKept }: Parameters<typeof ReactionPopups>[0]) {
  const last = useLast(names)
  return (
    <Tooltip.Root open={names !== undefined}>
      <Tooltip.Portal>
        <Tooltip.Positioner
          anchor={last?.chip ?? null}
          sideOffset={6}
          collisionPadding={8}
          className="z-10"
        >
          {/* Screen readers find the same words in the chip. */}
          <Tooltip.Popup
            aria-hidden="true"
            onPointerEnter={() => onKept(true)}
            onPointerLeave={() => onKept(false)}
            className="max-h-[60dvh] max-w-72 overflow-hidden rounded-control border border-line bg-raised px-3 py-1.5 text-center text-small [overflow-wrap:anywhere] shadow-float transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            {last?.text}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

/** The last value that there was, for as long as a popup fades out. */
function useLast<Value>(value: Value | undefined): Value | undefined {
  const [last, setLast] = useState(value)
  if (value !== undefined && value !== last) setLast(value)
  return value ?? last
}
