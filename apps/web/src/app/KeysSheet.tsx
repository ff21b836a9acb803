import { Dialog } from '@base-ui/react/dialog'
import { useState } from 'react'
import { ACTIONS } from '../features/messages/message-action-table.ts'
import { LIST_KEYS } from '../features/messages/message-keys.ts'
import { Button } from '../ui/Button.tsx'
import { DIALOG_BACKDROP, DIALOG_POPUP } from '../ui/dialog-look.ts'
import * as words from '../words/en/keys.en.ts'
import { close } from '../words/en/lists.en.ts'
import { t } from '../words/say.ts'
import type { Word } from '../words/word.ts'
import { SHORTCUTS, type Chord, type Shortcut } from './shortcuts.ts'

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
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={setIsOpen}
      onOpenChangeComplete={(open) => !open && onClosed()}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={DIALOG_BACKDROP} />
        <Dialog.Popup className={`gap-4 ${DIALOG_POPUP}`}>
          <Dialog.Title className="font-semibold">{t(words.keys)}</Dialog.Title>
          <Keys title={words.everywhere} told={everywhere()} />
          <Keys title={words.onMessage} told={onMessage()} />
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
  return names.map((name) => ({ label: SHORTCUT_WORDS[name], chords: SHORTCUTS[name] }))
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
    <section className="grid gap-1">
      <h3 className="text-small text-soft">{t(title)}</h3>
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1.5">
        {told.map(({ label, chords }) => (
          <div key={t(label)} className="col-span-2 grid grid-cols-subgrid">
            <dt>{t(label)}</dt>
            <dd className="flex gap-2">
              {chords.map((chord) => (
                <Keystroke key={chord.key} chord={chord} />
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
    chord.ctrl && t(words.ctrl),
    chord.alt && t(words.alt),
    chord.shift && t(words.shift),
  ].filter((key) => typeof key === 'string')
  return (
    <span className="flex gap-1">
      {[...held, named ? t(named) : chord.key].map((key) => (
        <kbd
          key={key}
          className="rounded-[4px] border border-line-strong px-1.5 font-sans text-small text-soft"
        >
          {key}
        </kbd>
      ))}
    </span>
  )
}
