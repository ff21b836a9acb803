/** Pusher protocol: `data` from the server is JSON inside a JSON string wherever possible. */
export function eventFrame(event: string, data: string, channel?: string, userId?: string): string {
  return JSON.stringify({ event, channel, data, user_id: userId })
}

/** The one message whose `data` is a plain object. */
export function errorFrame(message: string, code: number | null = null): string {
  return JSON.stringify({ event: 'pusher:error', data: { code, message } })
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Undefined for anything that is not a JSON object. */
export function parseRecord(text: unknown): Record<string, unknown> | undefined {
  if (typeof text !== 'string') return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}
