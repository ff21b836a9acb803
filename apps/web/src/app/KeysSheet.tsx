import { Dialog } from '@base-ui/react/dialog'
import { useRef, useState } from 'react'
import { ACTIONS } from '../features/messages/message-action-table.ts'
import { WRITING_KEYS, type SendKey, type WritingKey } from '../features/messages/enter-key.ts'
import { LIST_KEYS } from '../features/messages/message-keys.ts'
import { useSendKey } from '../features/messages/send-key.ts'
import { MARK_ALL_READ } from '../features/rooms/mark-all-read-key.ts'
import { Button } from '../ui/Button.tsx'
import type { Chord } from '../ui/chord.ts'
import { DIALOG_BACKDROP, DIALOG_POPUP } from '../ui/dialog-look.ts'
import { useFocusBack } from '../ui/focus-back.ts'
import { heldKey } from '../ui/held-key.ts'
import * as words from '../words/en/keys.en.ts'
import { close } from '../words/en/lists.en.ts'
import { markAllRead } from '../words/en/reads.en.ts'
import { t } from '../words/say.ts'
import type { Word } from '../words/word.ts'
import { SHORTCUTS, type Shortcut } from './shortcuts.ts'

const SHORTCUT_WORDS: Record<Shortcut, Word> = {
  search: words.search,
  previousRoom: words.previousRoom,
  nextRoom: words.nextRoom,
  nextRegion: words.nextRegion,
  previousRegion: words.previousRegion,
  showKeys: words.showKeys,
}

const LIST_WORDS: Record<keyof typeof LIST_KEYS, Word> = {
  previous: words.previousMessage,
  next: words.nextMessage,
  open: words.openActions,
  leave: words.leaveActions,
}

const WRITING_WORDS: Record<WritingKey, Word> = {
  send: words.send,
  newLine: words.newLine,
  editLast: words.editLast,
  leave: words.leaveWriting,
}

/** Keys that are called otherwise than what they write. */
const KEY_WORDS: Readonly<Record<string, Word>> = {
  ArrowUp: words.arrowUp,
  ArrowDown: words.arrowDown,
  Enter: words.enter,
  Escape: words.escape,
  Delete: words.deleteKey,
}

interface Told {
  label: Word
  chords: readonly Chord[]
}

/** Everything that keys do, from the tables by which they do it. */
export function KeysSheet({ onClosed }: { onClosed: () => void }) {
  const [isOpen, setIsOpen] = useState(true)
  const popup = useRef<HTMLDivElement>(null)
  const sendKey = useSendKey()
  const { finalFocus, closed } = useFocusBack()
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={setIsOpen}
      onOpenChangeComplete={(open) => !open && (onClosed(), closed())}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={DIALOG_BACKDROP} />
        {/* It is longer than some screens: with the focus on the button it would open at its end. */}
        <Dialog.Popup
          ref={popup}
          initialFocus={popup}
          finalFocus={finalFocus}
          className={`gap-4 ${DIALOG_POPUP}`}
        >
          <Dialog.Title className="font-semibold">{t(words.keys)}</Dialog.Title>
          <div className="grid grid-cols-[minmax(6rem,1fr)_auto] gap-x-4 gap-y-4">
            <Keys title={words.everywhere} told={everywhere()} />
            <Keys title={words.whileWriting} told={whileWriting(sendKey)} />
            <Keys title={words.onMessage} told={onMessage()} />
          </div>
          <div className="flex justify-end">
            <Dialog.Close render={<Button />}>{t(close)}</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function everywhere(): Told[] {
  const names = Object.keys(SHORTCUTS) as Shortcut[]
  return [
    ...names.map((name) => ({ label: SHORTCUT_WORDS[name], chords: SHORTCUTS[name] })),
    { label: markAllRead, chords: [MARK_ALL_READ] },
  ]
}

function whileWriting(sendKey: SendKey): Told[] {
  const keys = WRITING_KEYS[sendKey]
  const names = Object.keys(keys) as WritingKey[]
  return names.map((name) => ({ label: WRITING_WORDS[name], chords: keys[name] }))
}

function onMessage(): Told[] {
  const names = Object.keys(LIST_KEYS) as (keyof typeof LIST_KEYS)[]
  return [
    ...names.map((name) => ({ label: LIST_WORDS[name], chords: [{ key: LIST_KEYS[name] }] })),
    ...Object.values(ACTIONS).flatMap(({ label, key }) =>
      key === undefined ? [] : [{ label, chords: [{ key }] }],
    ),
  ]
}

function Keys({ title, told }: { title: Word; told: readonly Told[] }) {
  return (
    <section className="col-span-2 grid grid-cols-subgrid gap-y-1">
      <h3 className="col-span-2 text-small text-soft">{t(title)}</h3>
      <dl className="col-span-2 grid grid-cols-subgrid gap-y-1.5">
        {told.map(({ label, chords }) => (
          <div key={t(label)} className="col-span-2 grid grid-cols-subgrid">
            <dt>{t(label)}</dt>
            <dd className="flex flex-wrap content-start gap-x-2 gap-y-1">
              {chords.map((chord) => (
                <Keystroke key={JSON.stringify(chord)} chord={chord} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Keystroke({ chord }: { chord: Chord }) {
  const named = KEY_WORDS[chord.key]
  const held = [
    chord.ctrl && t(heldKey()),
    chord.alt && t(words.alt),
    chord.shift && t(words.shift),
  ].filter((key) => typeof key === 'string')
  return (
    <span className="flex items-start gap-1">
      {[...held, named ? t(named) : chord.key].map((key) => (
        <kbd
          key={key}
          className="rounded-[4px] border border-line-strong px-1.5 font-sans text-small whitespace-nowrap text-soft"
        >
          {key}
        </kbd>
      ))}
    </span>
  )
}
