import { BLOCK_REASON_MAX_CHARS, type AdminPerson } from '@conclave/shared/admin'
import { hasSomethingToSee } from '@conclave/shared/visible'
import { useState } from 'react'
import { errorMessage } from '../../server/problem-message.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useBlockPerson } from './admin.queries.ts'
import * as words from '../../words/en/admin.en.ts'
import { rich, t } from '../../words/say.ts'

export function BlockDialog(props: {
  person: AdminPerson
  onClosed: () => void
  focusAfter: () => HTMLElement | null
}) {
  const { person } = props
  const [reason, setReason] = useState('')
  const { mutateAsync } = useBlockPerson()
  return (
    <ConfirmDialog
      title={rich(words.blockTitle, { person: <bdi>{person.name}</bdi> })}
      action={t(words.block)}
      onConfirm={() =>
        mutateAsync({ personId: person.id, reason: hasSomethingToSee(reason) ? reason.trim() : '' })
      }
      reasonOf={errorMessage}
      onClosed={props.onClosed}
      focusAfter={props.focusAfter}
    >
      <p>{t(words.blockDetail)}</p>
      <div className="text-ink">
        <TextField
          label={t(words.reason)}
          hint={t(words.reasonHint)}
          lines={2}
          value={reason}
          maxLength={BLOCK_REASON_MAX_CHARS}
          onChange={({ target }) => setReason(target.value)}
        />
      </div>
    </ConfirmDialog>
  )
}
