import { errorMessage } from '../../server/problem-message.ts'
import { useSession } from '../../session/session.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'

/** Signing out deletes everything from this browser, including messages that are not sent yet. */
export function SignOutDialog(props: {
  unsent: number
  onClosed: () => void
  focusAfter: () => HTMLElement | null
}) {
  const { unsent, onClosed, focusAfter } = props
  const { signOut } = useSession()
  return (
    <ConfirmDialog
      title={unsent === 1 ? '1 message is not sent yet' : `${unsent} messages are not sent yet`}
      action="Sign out and delete"
      onConfirm={async () => signOut()}
      reasonOf={errorMessage}
      onClosed={onClosed}
      focusAfter={focusAfter}
    >
      <p>Signing out deletes unsent messages from this browser.</p>
    </ConfirmDialog>
  )
}
