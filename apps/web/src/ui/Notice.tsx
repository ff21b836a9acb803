import { createContext, use, useCallback, useEffect, useState, type ReactNode } from 'react'

const SHOWN_MS = 4000

type Notify = (text: string) => void

const NoticeContext = createContext<Notify>(() => undefined)

/** Shows a short notice about something in the background. It disappears by itself, and nobody has to read it. */
export function useNotice(): Notify {
  return use(NoticeContext)
}

export function NoticeProvider({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<{ text: string; at: number }>()
  const notify = useCallback((text: string) => setNotice({ text, at: Date.now() }), [])

  useEffect(() => {
    if (!notice) return
    const timer = setTimeout(() => setNotice(undefined), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [notice])

  return (
    <NoticeContext value={notify}>
      {children}
      <div
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 top-4 flex justify-center px-4"
      >
        {notice && (
          <p
            key={notice.at}
            className="appear rounded-control border border-line bg-raised px-4 py-2 text-small shadow-float"
          >
            {notice.text}
          </p>
        )}
      </div>
    </NoticeContext>
  )
}
