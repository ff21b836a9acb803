import { BLOCK_REASON_MAX_CHARS, type AdminPerson } from '@conclave/shared/admin'
import { hasSomethingToSee } from '@conclave/shared/visible'
import { useState } from 'react'
import { errorMessage } from '../../server/problem-message.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useBlockPerson } from './admin.queries.ts'

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
      title={
        <>
          Block <bdi>{person.name}</bdi>?
        </>
      }
      action="Block"
      onConfirm={() =>
        mutateAsync({ personId: person.id, reason: hasSomethingToSee(reason) ? reason.trim() : '' })
      }
      reasonOf={errorMessage}
      onClosed={props.onClosed}
      focusAfter={props.focusAfter}
    >
      <p>
        They lose access at once: they cannot send or receive anything more, their open pages close,
        and they cannot sign in. Their messages stay, under their name.
      </p>
      <div className="text-ink">
        <TextField
          label="Reason"
          hint="Optional: for owners and admins only."
          lines={2}
          value={reason}
          maxLength={BLOCK_REASON_MAX_CHARS}
          onChange={({ target }) => setReason(target.value)}
        />
      </div>
    </ConfirmDialog>
  )
}
