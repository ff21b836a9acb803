import type { Stack } from '@conclave/dev-stack/stack'

export interface FrameCounts {
  dropped: number
  duplicated: number
  reordered: number
}

/** The faults of the Pusher emulator. */
export interface Broker {
  /** The probabilities of faults for each event to each client; {} ends them. */
  loseFrames(chances: {
    drop?: number
    duplicate?: number
    reorder?: number
    seed?: number
  }): Promise<void>
  /** How it answers what is published. */
  answer(fault: {
    mode: 'none' | 'slow' | 'error'
    delayMs?: number
    status?: number
  }): Promise<void>
  /** Counts of faults since its start; a kill resets them. */
  frames(): Promise<FrameCounts>
}

export function brokerOf({ pusher }: Stack): Broker {
  const control = `http://${pusher.host}:${pusher.port}/__emulator`

  async function tell(path: string, body: object): Promise<void> {
    const response = await fetch(`${control}/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(await response.text())
  }

  return {
    loseFrames: async (chances) => tell('frames', chances),
    answer: async (fault) => tell('fault', fault),
    frames: async () => (await fetch(`${control}/stats`)).json() as Promise<FrameCounts>,
  }
}
