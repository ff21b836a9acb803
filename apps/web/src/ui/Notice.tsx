import { createContext, use, useCallback, useState, type ReactNode } from 'react'

const SHOWN_MS = 4000
const SHOWN_MAX = 3

type Notify = (text: string) => void

interface Shown {
  text: string
  at: number
}

const NoticeContext = createContext<Notify>(() => undefined)
const ToastPlaceContext = createContext<HTMLElement | null>(null)

/** Shows a short notice about something in the background. It disappears by itself, and nobody has to read it. */
export function useNotice(): Notify {
  return use(NoticeContext)
}

/** Where something stands, with the notices, that can be pressed for a while. */
export function useToastPlace(): HTMLElement | null {
  return use(ToastPlaceContext)
}

export function NoticeProvider({ children }: { children: ReactNode }) {
  const [toastPlace, setToastPlace] = useState<HTMLElement | null>(null)
  const [notices, setNotices] = useState<readonly Shown[]>([])
  const notify = useCallback((text: string) => {
    const notice = { text, at: performance.now() }
    // One does not hide another that nobody has read yet.
    setNotices((before) => [...before.filter((one) => one.text !== text), notice].slice(-SHOWN_MAX))
    setTimeout(() => setNotices((before) => before.filter((one) => one !== notice)), SHOWN_MS)
  }, [])

  return (
    <NoticeContext value={notify}>
      <ToastPlaceContext value={toastPlace}>{children}</ToastPlaceContext>
      {/* Below the header of the page, over what is the oldest in view. */}
      <div className="pointer-events-none fixed inset-x-0 top-16 z-10 flex flex-col items-center gap-2 px-4">
        <div ref={setToastPlace} className="contents" />
        <div aria-live="polite" className="flex flex-col items-center gap-2">
          {notices.map(({ text, at }) => (
            <p
              key={at}
              className="appear rounded-control border border-line bg-raised px-4 py-2 text-small shadow-float"
            >
              {text}
            </p>
          ))}
        </div>
      </div>
    </NoticeContext>
  )
}
