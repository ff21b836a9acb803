import type { ReactNode } from 'react'
import { request } from '../words/en/common.en.ts'
import { rich } from '../words/say.ts'

/** What happened, what to do about it, and what to quote when asking for help. */
export function Problem({
  title,
  detail,
  requestId,
  children,
}: {
  title: string
  detail?: string | undefined
  requestId?: string | undefined
  children?: ReactNode
}) {
  return (
    <div
      role="alert"
      className="m-auto flex max-w-96 flex-col items-center gap-1 p-6 text-center text-balance"
    >
      <h2 className="font-semibold">{title}</h2>
      {detail && <p className="text-soft">{detail}</p>}
      {requestId && (
        <p className="text-small text-soft">
          {rich(request, {
            id: <code className="font-mono break-all select-all">{requestId}</code>,
          })}
        </p>
      )}
      {children && <div className="mt-4 flex gap-2">{children}</div>}
    </div>
  )
}
