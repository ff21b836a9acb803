import { Popover } from '@base-ui/react/popover'
import { Tooltip } from '@base-ui/react/tooltip'
import { useState, type KeyboardEvent } from 'react'
import { MENU_POPUP } from '../../ui/menu-look.ts'

/** The most common reactions; each fully qualified (Unicode), because the server accepts no other form. */
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

/** The palette and the names, shown above the messages. Loaded after the first view. */
export function ReactionPopups(props: {
  /** The button that asked for an emoji, and those that are mine already. */
  choosing: { button: HTMLElement; mine: readonly string[] } | undefined
  onChosen: (emoji: string) => void
  onClosed: () => void
  /** Whose names are shown, and below which chip. */
  names: { chip: HTMLElement; text: string } | undefined
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
        // The button closes the palette itself.
        const isOnButton = event.target instanceof Node && last?.button.contains(event.target)
        if (!open && !isOnButton) onClosed()
      }}
    >
      <Popover.Portal>
        <Popover.Positioner
          anchor={last?.button ?? null}
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-10 outline-none"
        >
          <Popover.Popup className={MENU_POPUP} finalFocus={() => last?.button ?? null}>
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
                  className="flex size-10 items-center justify-center rounded-control text-[1.25rem] hover:bg-hover focus-visible:-outline-offset-2 aria-pressed:bg-selected forced-colors:aria-pressed:outline-2 forced-colors:aria-pressed:-outline-offset-4 touch:size-11"
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

/** The arrow keys move over the grid as it is shown, also in right-to-left text. */
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
          {/* The chip has the same words for screen readers. */}
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

/** The latest defined value, to show it while it fades out. */
function useLast<Value>(value: Value | undefined): Value | undefined {
  const [last, setLast] = useState(value)
  if (value !== undefined && value !== last) setLast(value)
  return value ?? last
}
