import type { EditWindow, Workspace, WorkspaceSettings } from '@conclave/shared/workspace'
import { useId, useRef, useState, type Ref } from 'react'
import { errorMessage } from '../../server/problem-message.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useNotice } from '../../ui/Notice.tsx'
import * as words from '../../words/en/workspace.en.ts'
import { t } from '../../words/say.ts'
import type { Word } from '../../words/word.ts'
import { useUpdateWorkspace } from './workspace.queries.ts'

const WINDOWS = [
  [null, words.anyTime],
  [1440, words.forADay],
  [60, words.forAnHour],
  [5, words.forFiveMinutes],
  [0, words.never],
] as const satisfies readonly (readonly [minutes: EditWindow, name: Word])[]

/** What owners and admins decide for everybody; each choice is saved at once. Others only read it. */
export function WorkspaceSettingsForm(props: { workspace: Workspace; isAllowed: boolean }) {
  const { workspace, isAllowed } = props
  const { mutate, mutateAsync, isPending, variables } = useUpdateWorkspace()
  // What was chosen is shown at once; if it cannot be saved, what is stored is back.
  const { editWindowMinutes, showVersions } = isPending ? variables : workspace
  const notify = useNotice()
  const [isAsked, setIsAsked] = useState(false)
  const versions = useRef<HTMLInputElement>(null)
  const settings: WorkspaceSettings = { editWindowMinutes, showVersions }
  const saved = () => notify(t(words.saved))

  function save(changed: Partial<WorkspaceSettings>): void {
    mutate(
      { ...settings, ...changed },
      {
        onSuccess: saved,
        onError: (error) => notify(t(words.notSaved, { reason: errorMessage(error) })),
      },
    )
  }

  return (
    <div className="grid max-w-140 gap-7">
      {!isAllowed && <p className="text-soft">{t(words.onlyAdmins)}</p>}
      <Windows
        current={editWindowMinutes}
        isAllowed={isAllowed}
        onChoose={(minutes) => save({ editWindowMinutes: minutes })}
      />
      <Versions
        ref={versions}
        isShown={showVersions}
        isAllowed={isAllowed}
        onChange={(isShown) => (isShown ? save({ showVersions: true }) : setIsAsked(true))}
      />
      {isAsked && (
        <ConfirmDialog
          title={t(words.hideTitle)}
          action={t(words.hideAction)}
          onConfirm={async () => mutateAsync({ ...settings, showVersions: false }).then(saved)}
          reasonOf={errorMessage}
          onClosed={() => setIsAsked(false)}
          focusAfter={() => versions.current}
        >
          <p>{t(words.hideConsequence)}</p>
        </ConfirmDialog>
      )}
    </div>
  )
}

function Windows(props: {
  current: EditWindow
  isAllowed: boolean
  onChoose: (minutes: EditWindow) => void
}) {
  const { current, isAllowed, onChoose } = props
  const hintId = useId()
  return (
    <fieldset className="grid gap-1" disabled={!isAllowed} aria-describedby={hintId}>
      <legend className="font-medium">{t(words.windowTitle)}</legend>
      <p id={hintId} className="pb-1 text-small text-soft">
        {t(words.windowHint)}
      </p>
      {WINDOWS.map(([minutes, name]) => (
        <label key={String(minutes)} className={CHOICE}>
          <input
            type="radio"
            name="edit-window"
            checked={current === minutes}
            className="size-4 shrink-0 accent-brass"
            onChange={() => onChoose(minutes)}
          />
          {t(name)}
        </label>
      ))}
    </fieldset>
  )
}

function Versions(props: {
  ref: Ref<HTMLInputElement>
  isShown: boolean
  isAllowed: boolean
  onChange: (isShown: boolean) => void
}) {
  const { ref, isShown, isAllowed, onChange } = props
  const hintId = useId()
  return (
    <fieldset className="grid gap-1" disabled={!isAllowed}>
      <legend className="pb-1 font-medium">{t(words.versionsTitle)}</legend>
      <label className={CHOICE}>
        <input
          ref={ref}
          type="checkbox"
          checked={isShown}
          aria-describedby={hintId}
          className="size-4 shrink-0 accent-brass"
          onChange={({ target }) => onChange(target.checked)}
        />
        {t(words.showVersions)}
      </label>
      <p id={hintId} className="text-small text-soft">
        {t(words.versionsHint)}
      </p>
    </fieldset>
  )
}

const CHOICE =
  '-mx-2 flex min-h-10 w-fit cursor-pointer items-center gap-3 rounded-control px-2 touch:min-h-11 hover:bg-hover in-disabled:cursor-default in-disabled:hover:bg-transparent'
