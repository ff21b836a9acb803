/** Something a person can fix; the message is one sentence that says how. */
export class StackError extends Error {
  override readonly name: string = 'StackError'
}

/** A process that did not start, with its last lines; who started it may know what they mean. */
export class StartError extends StackError {
  override readonly name = 'StartError'
}
