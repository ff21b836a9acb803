/** A UUID of version 7 (RFC 9562, 5.7): the time in milliseconds, then the random part of a version 4 UUID. */
export function newMessageId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`
}
