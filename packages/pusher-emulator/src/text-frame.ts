/** RFC 6455, 5.2: one unmasked final text frame, created once and written to every subscriber. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const header = headerBytes(length)
  const frame = Buffer.allocUnsafe(header + length)
  frame[0] = 0x81
  writeLength(frame, header, length)
  frame.write(text, header)
  return frame
}

function headerBytes(length: number): number {
  if (length < 126) return 2
  return length < 65_536 ? 4 : 10
}

function writeLength(frame: Buffer, header: number, length: number): void {
  if (header === 2) {
    frame[1] = length
  } else if (header === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
}
