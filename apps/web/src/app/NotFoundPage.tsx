import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { usePageTitle } from '../ui/use-page-title.ts'
import { paths } from './paths.ts'
import { toYourRooms } from '../words/en/app.en.ts'
import { t } from '../words/say.ts'

export function NotFoundPage(props: { title: ReactNode; pageTitle?: string; detail?: string }) {
  const { title, detail } = props
  usePageTitle(props.pageTitle ?? (typeof title === 'string' ? title : undefined))
  return (
    <div
      role="alert"
      className="m-auto flex max-w-96 flex-col items-center gap-1 p-6 text-center text-balance [overflow-wrap:anywhere]"
    >
      <h1 className="font-semibold">{title}</h1>
      {detail && <p className="text-soft">{detail}</p>}
      <Link
        to={paths.home}
        replace
        className="mt-3 inline-flex min-h-10 items-center rounded-control px-3 text-brass underline-offset-4 hover:underline touch:min-h-11"
      >
        {t(toYourRooms)}
      </Link>
    </div>
  )
}
