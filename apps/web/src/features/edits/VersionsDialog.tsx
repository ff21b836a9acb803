import { Dialog } from '@base-ui/react/dialog'
import type { Version } from '@conclave/shared/edits'
import { messagesKey } from '@conclave/client/keys/messages.keys'
import type { Message, MessagePage } from '@conclave/shared/messages'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { errorMessage } from '../../server/problem-message.ts'
import { Boundary } from '../../ui/Boundary.tsx'
import { Button } from '../../ui/Button.tsx'
import { DIALOG_BACKDROP, DIALOG_POPUP } from '../../ui/dialog-look.ts'
import { useFocusBack } from '../../ui/focus-back.ts'
import { Moment } from '../../ui/Moment.tsx'
import { Unshown } from '../../ui/Unshown.tsx'
import * as words from '../../words/en/edits.en.ts'
import { t } from '../../words/say.ts'
import { MessageText } from '../messages/MessageText.tsx'
import { useVersions } from './edits.queries.ts'

/** What a message said before it was edited, newest first. */
export function VersionsDialog(props: { message: Message; onClosed: () => void }) {
  const { onClosed } = props
  const message = useMessageNow(props.message)
  const [isOpen, setIsOpen] = useState(true)
  const { finalFocus, closed } = useFocusBack()
  return (
    <Dialog.Root
      // What it said is gone with the message.
      open={isOpen && !message.removed}
      onOpenChange={setIsOpen}
      onOpenChangeComplete={(open) => !open && (onClosed(), closed())}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={DIALOG_BACKDROP} />
        <Dialog.Popup className={`gap-4 ${DIALOG_POPUP}`} finalFocus={finalFocus}>
          <Dialog.Title className="font-semibold">{t(words.versions)}</Dialog.Title>
          <Boundary fallback={Unshown}>
            {!message.removed && <Versions message={message} />}
          </Boundary>
          <div className="flex justify-end">
            <Dialog.Close render={<Button />}>{t(words.close)}</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Versions({ message }: { message: Message }) {
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useVersions(message)
  const versions = data?.pages.flatMap((page) => page.versions)
  return (
    <>
      {versions && <VersionList versions={versions} />}
      {versions?.length === 0 && <p className="text-soft">{t(words.noVersions)}</p>}
      {!versions && !error && <p className="text-soft">{t(words.loadingVersions)}</p>}
      {error && (
        <p role="alert" className="text-danger">
          {errorMessage(error)}
        </p>
      )}
      {(error ?? hasNextPage) && (
        <div>
          <Button
            isBusy={isFetching}
            onClick={() => void (error && !versions ? refetch() : fetchNextPage())}
          >
            {t(error ? words.tryAgain : words.moreVersions)}
          </Button>
        </div>
      )}
    </>
  )
}

function VersionList({ versions }: { versions: readonly Version[] }) {
  return (
    <ol className="grid gap-4">
      {versions.map(({ number, at, text }) => (
        <li key={number} className="grid gap-0.5">
          <p className="text-small text-soft">
            <Moment at={at} to="minute" />
          </p>
          <MessageText id={`version-${number}`} text={text} />
        </li>
      ))}
    </ol>
  )
}

/** The message as it is now: it may be edited again, or removed, while this is open. */
function useMessageNow(message: Message): Message {
  const { data } = useQuery({
    queryKey: messagesKey(message.roomId),
    enabled: false,
    select: ({ messages }: MessagePage) => messages.find(({ id }) => id === message.id),
  })
  return data ?? message
}
