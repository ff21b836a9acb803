import { useSession, type SessionProblem } from '../session/session.ts'
import { Button } from '../ui/Button.tsx'
import { Mark } from '../ui/Mark.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import * as words from '../words/en/sign-in.en.ts'
import { t } from '../words/say.ts'

/** One sentence and one button; after a failure, what happened instead of the sentence. */
export function SignInPage() {
  const { state, error, signIn, signUp, signOut } = useSession()
  const problem = state === 'failed' ? error : undefined
  usePageTitle(t(problem?.title ?? words.signIn))
  return (
    <main className="flex h-dvh flex-col items-center justify-center overflow-y-auto p-6">
      <div className="flex w-full max-w-80 flex-col items-center text-center text-balance">
        <Mark className="size-14" />
        <h1 className="mt-5 text-display font-semibold tracking-tight">Conclave</h1>
        {problem ? (
          <div role="alert" className="mt-2">
            <p className="font-medium">{t(problem.title)}</p>
            <p className="mt-1 text-soft">{t(problem.detail)}</p>
            {problem.said && <TenantQuote said={problem.said} />}
          </div>
        ) : (
          <p className="mt-2 text-soft">{t(words.motto)}</p>
        )}
        {problem?.blocked ? (
          // Signing in again would only be refused again.
          <Button className="mt-8 w-full" onClick={signOut}>
            {t(words.signOut)}
          </Button>
        ) : (
          <Button look="primary" className="mt-8 min-h-11 w-full" onClick={() => signIn()}>
            {t(words.signIn)}
          </Button>
        )}
        {!problem && (
          <Button look="quiet" className="mt-3" onClick={() => signUp()}>
            {t(words.createAccount)}
          </Button>
        )}
      </div>
    </main>
  )
}

/**
 * The tenant's own words, marked as a quote: they are not ours, and anybody who can write an Action can choose them.
 */
function TenantQuote({ said }: { said: NonNullable<SessionProblem['said']> }) {
  return (
    <div className="mt-4 rounded-control border border-line p-3 text-start text-wrap text-small text-soft">
      <p>{t(words.tenantSaid)}</p>
      <blockquote dir="auto" className="mt-1 [overflow-wrap:anywhere] text-ink">
        {t(words.quoted, { text: said.text })}
      </blockquote>
      <p className="mt-2">{t(words.forOperator, { hint: t(said.operator) })}</p>
    </div>
  )
}
