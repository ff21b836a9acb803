import { createContext, use, useCallback, useState, type ReactNode } from 'react'

const SHOWN_MS = 4000
const SHOWN_MAX = 3

type Notify = (text: string) => void

interface Shown {
  text: string
  at: number
}

const NoticeContext = createContext<Notify>(() => undefined)

/** Shows a short notice about something in the background. It disappears by itself, and nobody has to read it. */
export function useNotice(): Notify {
  return use(NoticeContext)
}

export function NoticeProvider({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<readonly Shown[]>([])
  const notify = useCallback((text: string) => {
    const notice = { text, at: performance.now() }
    // One does not hide another that nobody has read yet.
    setNotices((before) => [...before.filter((one) => one.text !== text), notice].slice(-SHOWN_MAX))
    setTimeout(() => setNotices((before) => before.filter((one) => one !== notice)), SHOWN_MS)
  }, [])

  return (
    <NoticeContext value={notify}>
      {children}
      <div
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 top-4 flex flex-col items-center gap-2 px-4"
      >
        {notices.map(({ text, at }) => (
          <p
            key={at}
            className="appear rounded-control border border-line bg-raised px-4 py-2 text-small shadow-float"
          >
            {text}
          </p>
        ))}
      </div>
    </NoticeContext>
  )
}
