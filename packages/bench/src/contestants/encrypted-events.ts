import nacl from 'tweetnacl'

/** Reads what the vendor cannot: events of an encrypted channel, with the key that a member gets. */
export function createReader(): {
  learn(sharedSecret: string | undefined): void
  /** The data of the event inside. */
  read<Data>(frame: Buffer): Data
} {
  let key: Uint8Array = new Uint8Array(nacl.secretbox.keyLength)
  return {
    learn(sharedSecret) {
      if (sharedSecret) key = Buffer.from(sharedSecret, 'base64')
    },
    read<Data>(frame: Buffer) {
      const { data } = JSON.parse(frame.toString()) as { data: string }
      const { nonce, ciphertext } = JSON.parse(data) as { nonce: string; ciphertext: string }
      const opened = nacl.secretbox.open(
        Buffer.from(ciphertext, 'base64'),
        Buffer.from(nonce, 'base64'),
        key,
      )
      if (!opened) throw new Error('An event cannot be read with the key of its channel')
      return (JSON.parse(Buffer.from(opened).toString()) as { data: Data }).data
    },
  }
}
