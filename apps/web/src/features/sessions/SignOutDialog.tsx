import { errorMessage } from '../../server/problem-message.ts'
import { useSession } from '../../session/session.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'

/** Signing out leaves nothing in this browser, and so ends what it could not send yet. */
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
      <p>What is not sent when you sign out is deleted from this browser.</p>
    </ConfirmDialog>
  )
}
