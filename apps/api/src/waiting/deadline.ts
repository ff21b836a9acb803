/** The result of the work; throws when it takes too long. */
export async function withDeadline<Result>(
  work: Promise<Result>,
  milliseconds: number,
): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new DeadlinePassed('No answer in time')), milliseconds)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed'
}
