import { AlertDialog } from '@base-ui/react/alert-dialog'
import { useState, type ReactNode } from 'react'
import { Boundary } from './Boundary.tsx'
import { Button } from './Button.tsx'
import { DIALOG_BACKDROP, DIALOG_POPUP } from './dialog-look.ts'
import { useFocusBack } from './focus-back.ts'
import { Unshown } from './Unshown.tsx'
import { cancel, close } from '../words/en/lists.en.ts'
import { t } from '../words/say.ts'

/**
 * Asks before something happens, and says exactly what will happen. Mounted while the question is open. When the action
 * is refused, it stays open and shows the reason. When it closes, the focus goes back to where it came from, or elsewhere.
 */
export function ConfirmDialog(props: {
  title: ReactNode
  children: ReactNode
  /** Left out when it would certainly be refused: the dialog then only says why, and what to do first. */
  action?: string
  look?: 'danger' | 'primary'
  onConfirm: () => Promise<unknown>
  reasonOf: (error: unknown) => string
  onClosed: () => void
  /** For what was opened from something that is gone by then, as from a menu. */
  focusAfter?: (() => Element | null) | undefined
}) {
  const {
    title,
    children,
    action,
    look = 'danger',
    onConfirm,
    reasonOf,
    onClosed,
    focusAfter,
  } = props
  const { isOpen, setIsOpen, isBusy, reason, confirm } = useConfirming(onConfirm, reasonOf)
  const { finalFocus, closed } = useFocusBack(focusAfter)
  return (
    <AlertDialog.Root
      open={isOpen}
      onOpenChange={(open) => !isBusy && setIsOpen(open)}
      onOpenChangeComplete={(open) => !open && (onClosed(), closed())}
    >
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={DIALOG_BACKDROP} />
        <AlertDialog.Popup className={DIALOG_POPUP} finalFocus={finalFocus}>
          <AlertDialog.Title className="font-semibold [overflow-wrap:anywhere]">
            {title}
          </AlertDialog.Title>
          <AlertDialog.Description
            render={<div />}
            className="mt-2 grid gap-4 [overflow-wrap:anywhere] text-soft"
          >
            <Boundary fallback={Unshown}>{children}</Boundary>
          </AlertDialog.Description>
          {reason && (
            <p role="alert" className="mt-3 text-danger">
              {reason}
            </p>
          )}
          <Buttons action={action} look={look} isBusy={isBusy} onConfirm={() => void confirm()} />
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

function useConfirming(onConfirm: () => Promise<unknown>, reasonOf: (error: unknown) => string) {
  const [isOpen, setIsOpen] = useState(true)
  const [isBusy, setIsBusy] = useState(false)
  const [reason, setReason] = useState<string>()

  async function confirm(): Promise<void> {
    setIsBusy(true)
    setReason(undefined)
    try {
      await onConfirm()
      setIsOpen(false)
    } catch (error) {
      setReason(reasonOf(error))
    } finally {
      setIsBusy(false)
    }
  }

  return { isOpen, setIsOpen, isBusy, reason, confirm }
}

function Buttons(props: {
  action: string | undefined
  look: 'danger' | 'primary'
  isBusy: boolean
  onConfirm: () => void
}) {
  const { action, look, isBusy, onConfirm } = props
  return (
    <div className="mt-5 flex flex-wrap justify-end gap-2">
      <AlertDialog.Close render={<Button isBusy={isBusy} />}>
        {action === undefined ? t(close) : t(cancel)}
      </AlertDialog.Close>
      {action !== undefined && (
        <Button look={look} isBusy={isBusy} onClick={onConfirm}>
          {action}
        </Button>
      )}
    </div>
  )
}
