export interface Code {
  language: string
  text: string
}

export interface CodePiece {
  text: string
  kind: 'comment' | 'keyword' | 'string' | 'constant' | undefined
}

/** What the worker answers to each code: that its grammar is there, then the lines; null for a language that is not known. */
export type Highlighted = 'begun' | CodePiece[][] | null

/**
 * Much longer than real code takes. Anybody in the room can post a text that keeps a grammar busy for many seconds, and the worker does
 * one thing at a time, so the code of everybody else would wait.
 */
const BUSY_MAX_MS = 2_000
/** On a machine that was busy with something else, code took too long that does not take long. */
const ATTEMPTS = 2

export interface Highlighter {
  /** The lines of the code in pieces of one kind; joined, they are the text. Null for an unknown language, and where it takes too long. */
  highlight: (code: Code) => Promise<CodePiece[][] | null>
}

/** Finds the kinds of words in code, in a thread of its own: that may take longer than a frame. */
export function startHighlighter(): Highlighter {
  let worker = startWorker()
  const waiting = new Set<() => void>()

  /** Ends the worker in the middle of its work; a new one is asked for everything else. */
  function startAgain(): void {
    worker.terminate()
    worker = startWorker()
    for (const ask of waiting) ask()
  }

  async function highlight(code: Code): Promise<CodePiece[][] | null> {
    return new Promise((resolve) => {
      let attempts = 0
      let timer: ReturnType<typeof setTimeout> | undefined
      let port: MessagePort | undefined
      const hangUp = () => {
        clearTimeout(timer)
        port?.close()
      }
      const end = (lines: CodePiece[][] | null) => {
        hangUp()
        waiting.delete(ask)
        resolve(lines)
      }
      const giveUp = () => {
        attempts += 1
        if (attempts === ATTEMPTS) end(null)
        else {
          // Everybody else's goes first.
          waiting.delete(ask)
          waiting.add(ask)
        }
        startAgain()
      }
      function ask(): void {
        hangUp()
        const { port1, port2 } = new MessageChannel()
        port = port1
        port1.addEventListener('message', ({ data }: MessageEvent<Highlighted>) => {
          if (data === 'begun') timer = setTimeout(giveUp, BUSY_MAX_MS)
          else end(data)
        })
        port1.start()
        worker.postMessage(code, [port2])
      }
      waiting.add(ask)
      ask()
    })
  }

  return { highlight }
}

function startWorker(): Worker {
  return new Worker(new URL('highlight.worker.ts', import.meta.url), { type: 'module' })
}
