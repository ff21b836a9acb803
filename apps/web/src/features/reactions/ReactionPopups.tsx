import { Popover } from '@base-ui/react/popover'
import { Tooltip } from '@base-ui/react/tooltip'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { MENU_POPUP } from '../../ui/menu-look.ts'

/** A few that say most of what a reaction says; each fully qualified, which is what the server takes. */
export const PALETTE: readonly (readonly [emoji: string, name: string])[] = [
  ['👍', 'Thumbs up'],
  ['❤️', 'Heart'],
  ['😂', 'Tears of joy'],
  ['🎉', 'Party popper'],
  ['🙏', 'Folded hands'],
  ['👀', 'Eyes'],
  ['✅', 'Check mark'],
  ['🔥', 'Fire'],
  ['👏', 'Clapping hands'],
  ['🙌', 'Raised hands'],
  ['💯', 'Hundred points'],
  ['🚀', 'Rocket'],
  ['😊', 'Smile'],
  ['😍', 'Heart eyes'],
  ['😅', 'Relieved laugh'],
  ['🤔', 'Thinking'],
  ['😮', 'Surprised'],
  ['😢', 'Crying'],
  ['👎', 'Thumbs down'],
  ['💪', 'Strong arm'],
  ['👋', 'Waving hand'],
  ['💡', 'Light bulb'],
  ['☕', 'Coffee'],
  ['❓', 'Question mark'],
]
const COLUMNS = 6

/** A place on the screen that stays where it is, unlike an element. */
export interface Place {
  getBoundingClientRect: () => DOMRect
}

/** What floats above the messages. Loaded after the first view, because nobody needs it before. */
export function ReactionPopups(props: {
  /** The button that asked for an emoji, where it was, and the emoji that are mine already. */
  choosing: { button: HTMLElement; place: Place; mine: readonly string[] } | undefined
  onChosen: (emoji: string) => void
  onClosed: () => void
  /** Whose names are shown, and below which chip. */
  told: { chip: HTMLElement; text: string } | undefined
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
  const back = useRef<HTMLElement>(null)
  useEffect(() => {
    if (choosing) back.current = choosing.button.closest<HTMLElement>('[data-region]')
  }, [choosing])
  return (
    <Popover.Root
      open={choosing !== undefined}
      onOpenChange={(open, { event }) => {
        // The button itself closes what it has opened.
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
          <Popover.Popup
            className={MENU_POPUP}
            finalFocus={() => (last?.button.isConnected ? last.button : back.current)}
          >
            <Popover.Title className="sr-only">React with an emoji</Popover.Title>
            <div
              role="toolbar"
              tabIndex={-1}
              aria-label="Emoji"
              onKeyDown={moveFocus}
              className="grid grid-cols-6"
            >
              {PALETTE.map(([emoji, name], index) => (
                <button
                  key={emoji}
                  type="button"
                  aria-label={name}
                  aria-pressed={last?.mine.includes(emoji) ?? false}
                  tabIndex={index === 0 ? 0 : -1}
                  onClick={() => onChosen(emoji)}
                  className="flex size-10 items-center justify-center rounded-control font-emoji text-[1.25rem] hover:bg-hover focus-visible:-outline-offset-2 aria-pressed:bg-selected touch:size-11"
                >
                  {emoji}
                </button>
              ))}
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** Arrows go over the grid as it is seen, also where it is written from the right. */
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

function Names({ told, onKept }: Parameters<typeof ReactionPopups>[0]) {
  const last = useLast(told)
  return (
    <Tooltip.Root open={told !== undefined}>
      <Tooltip.Portal>
        <Tooltip.Positioner
          anchor={last?.chip ?? null}
          sideOffset={6}
          collisionPadding={8}
          className="z-10"
        >
          {/* The chip itself has the same words for whoever does not see this. */}
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

/** What there was last, for as long as it takes to fade away. */
function useLast<Value>(value: Value | undefined): Value | undefined {
  const [last, setLast] = useState(value)
  if (value !== undefined && value !== last) setLast(value)
  return value ?? last
}
