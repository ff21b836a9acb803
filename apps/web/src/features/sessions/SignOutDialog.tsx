import { errorMessage } from '../../server/problem-message.ts'
import { useSession } from '../../session/session.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import * as words from '../../words/en/sign-out.en.ts'
import { t } from '../../words/say.ts'

/** Signing out deletes everything from this browser, including messages that are not sent yet. */
export function SignOutDialog(props: {
  unsent: number
  onClosed: () => void
  focusAfter?: () => HTMLElement | null
}) {
  const { unsent, onClosed, focusAfter } = props
  const { signOut } = useSession()
  return (
    <ConfirmDialog
      title={t(words.unsent, { count: unsent })}
      action={t(words.signOutAndDelete)}
      onConfirm={async () => signOut()}
      reasonOf={errorMessage}
      onClosed={onClosed}
      focusAfter={focusAfter}
    >
      <p>{t(words.unsentDetail)}</p>
    </ConfirmDialog>
  )
}
