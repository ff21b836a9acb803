export interface Code {
  language: string
  text: string
}

export interface CodePiece {
  text: string
  kind: 'comment' | 'keyword' | 'string' | 'constant' | undefined
}

/** Finds the kinds of words in code, in a thread of its own: that may take longer than a frame. */
export function startHighlighter(): Worker {
  return new Worker(new URL('highlight.worker.ts', import.meta.url), { type: 'module' })
}

/** The lines of the code in pieces of one kind; null for a language that is not known. Joined, they are the text. */
export function highlight(highlighter: Worker, code: Code): Promise<CodePiece[][] | null> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.addEventListener('message', ({ data }) => resolve(data as CodePiece[][] | null))
    port1.start()
    highlighter.postMessage(code, [port2])
  })
}
