/** A fixed time after each start, during which nothing else starts. */
export interface Rest {
  begin(): void
  isOn(): boolean
  /** Ends it, and nothing goes on. */
  cancel(): void
}

export function createRest(milliseconds: number, goOn: () => void): Rest {
  let timer: NodeJS.Timeout | undefined
  return {
    begin() {
      if (milliseconds === 0) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        timer = undefined
        goOn()
      }, milliseconds)
    },
    isOn: () => timer !== undefined,
    cancel() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
