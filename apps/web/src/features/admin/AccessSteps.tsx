import { Check, CircleDashed, Minus } from 'lucide-react'
import { Moment } from '../../ui/Moment.tsx'
import type { AccessStep } from './access-steps.ts'
import * as words from '../../words/en/admin.en.ts'
import { t } from '../../words/say.ts'

const ICONS = {
  done: <Check className="text-available" />,
  waiting: <CircleDashed className="breathe text-soft" />,
  'not-set-up': <Minus className="text-soft" />,
} as const

/** The steps of removing somebody's access, and when each was done; updated while it is open. */
export function AccessSteps({ steps, name }: { steps: AccessStep[]; name: string }) {
  if (steps.length === 0) return null
  return (
    <ol
      aria-label={t(words.accessOf, { person: name })}
      className="grid max-w-88 gap-0.5 pt-1 text-small"
    >
      {steps.map((step) => (
        <li key={t(step.label)} className="flex items-center gap-2">
          <span aria-hidden="true" className="*:size-3.5">
            {ICONS[step.state]}
          </span>
          <span className="flex-1">{t(step.label)}</span>
          <span className="text-soft">
            <Outcome {...step} />
          </span>
        </li>
      ))}
    </ol>
  )
}

function Outcome({ state, at, attempts }: AccessStep) {
  switch (state) {
    case 'done':
      return at && <Moment at={at} to="second" />
    case 'not-set-up':
      return t(words.notSetUp)
    case 'waiting':
      return attempts > 1 ? t(words.waitingTried, { count: attempts }) : t(words.waiting)
  }
}
