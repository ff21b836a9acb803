import { Check, CircleDashed, Minus } from 'lucide-react'
import { Moment } from '../../ui/Moment.tsx'
import type { AccessStep } from './access-steps.ts'

const ICONS = {
  done: <Check className="text-available" />,
  waiting: <CircleDashed className="breathe text-soft" />,
  'not-set-up': <Minus className="text-soft" />,
} as const

/** The steps of removing somebody's access, and when each was done; updated while it is open. */
export function AccessSteps({ steps, name }: { steps: AccessStep[]; name: string }) {
  if (steps.length === 0) return null
  return (
    <ol aria-label={`Access of ${name}`} className="grid max-w-88 gap-0.5 pt-1 text-small">
      {steps.map((step) => (
        <li key={step.label} className="flex items-center gap-2">
          <span aria-hidden="true" className="*:size-3.5">
            {ICONS[step.state]}
          </span>
          <span className="flex-1">{step.label}</span>
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
      return 'not set up'
    case 'waiting':
      return attempts > 1 ? `waiting, tried ${attempts} times` : 'waiting'
  }
}
