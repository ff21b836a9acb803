import { useSession } from '../session/session.ts'
import { Providers } from './providers.tsx'
import { AppRoutes } from './routes.tsx'
import { SignInPage } from './SignInPage.tsx'
import { WorkspaceSkeleton } from './WorkspaceSkeleton.tsx'

export function App() {
  const session = useSession()
  switch (session.state) {
    case 'loading':
      return <WorkspaceSkeleton />
    case 'signed-out':
    case 'failed':
      return <SignInPage />
    case 'signed-in':
      return (
        <Providers>
          <AppRoutes />
        </Providers>
      )
  }
}
