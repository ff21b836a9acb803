/** Something a person can fix; the message is one sentence that says how. */
export class StackError extends Error {
  override readonly name: string = 'StackError'
}

/** A process that failed to start, with its last lines, which the caller may be able to explain. */
export class StartError extends StackError {
  override readonly name = 'StartError'
}
