import { AtSign } from 'lucide-react'
import * as words from '../../words/en/writing.en.ts'
import { t } from '../../words/say.ts'
import { PersonAvatar } from '../people/PersonAvatar.tsx'
import { PersonName } from '../people/PersonName.tsx'
import type { CompletionQuery } from './completion-query.ts'
import type { Option } from './option.ts'

export function optionId(listId: string, nth: number): string {
  return `${listId}-${nth}`
}

/** The suggestions above the field; the focus stays in the field. */
export function CompletionList(props: {
  id: string
  kind: CompletionQuery['kind']
  options: readonly Option[]
  chosen: number
  onPoint: (nth: number) => void
  onChosen: (option: Option) => void
}) {
  const { id, kind, options, chosen } = props
  return (
    <div className="relative">
      <div
        id={id}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- The focus stays in the field, so no list of the browser's fits.
        role="listbox"
        aria-label={t(kind === 'mention' ? words.people : words.emoji)}
        // Escape is for what has this.
        data-open
        className="absolute inset-x-0 bottom-2 z-10 max-h-[50dvh] overflow-y-auto rounded-control border border-line bg-raised p-1 shadow-float [--behind:var(--paper-raised)]"
      >
        {options.map((option, nth) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- The focus and the keys are those of the field.
          <div
            key={option.key}
            id={optionId(id, nth)}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- As above.
            role="option"
            aria-selected={nth === chosen}
            data-highlighted={nth === chosen ? '' : undefined}
            className="flex min-h-9 cursor-default items-center gap-3 rounded-control px-2 py-1 select-none aria-selected:bg-selected touch:min-h-11"
            // The field would lose the focus, and on a phone its keyboard.
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => props.onPoint(nth)}
            onClick={() => props.onChosen(option)}
          >
            <OptionOf option={option} />
          </div>
        ))}
      </div>
      <output className="block sr-only">{t(words.suggestions, { count: options.length })}</output>
    </div>
  )
}

function OptionOf({ option }: { option: Option }) {
  switch (option.kind) {
    case 'person':
      return (
        <>
          <PersonAvatar person={option.person} />
          <PersonName person={option.person} isMe={false} />
        </>
      )
    case 'everybody':
      return (
        <>
          <AtSign className="mx-2.5 size-4 shrink-0 text-soft" aria-hidden="true" />
          <span className="font-medium">{option.shown}</span>
          <span className="min-w-0 text-small text-soft">
            {t(option.notifies === 'room' ? words.roomRule : words.hereRule)}
          </span>
        </>
      )
    case 'emoji':
      return (
        <>
          <span className="w-7 text-center font-emoji text-[1.25rem]" aria-hidden="true">
            {option.source}
          </span>
          <bdi className="written-line">:{option.word}:</bdi>
          <span className="sr-only">{option.name}</span>
        </>
      )
  }
}
