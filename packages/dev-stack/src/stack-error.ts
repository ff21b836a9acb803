/** Something a person can mend; the message is one sentence with the mend. */
export class StackError extends Error {
  override readonly name = 'StackError'
}
