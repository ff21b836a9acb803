const NAME = 'conclave.session'

interface Note {
  signedOut: string
}

/** Tells the other tabs of this browser that this person signed out; the server would tell them later. */
export function tellOtherTabs(subject: string): void {
  const channel = new BroadcastChannel(NAME)
  // A broadcast never leaves its origin, so there is no target origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  channel.postMessage({ signedOut: subject } satisfies Note)
  channel.close()
}

export function onSignedOutElsewhere(subject: string, listener: () => void): () => void {
  const channel = new BroadcastChannel(NAME)
  channel.addEventListener('message', ({ data }: MessageEvent<Note>) => {
    if (data.signedOut === subject) listener()
  })
  return () => channel.close()
}
