import './trusted-types.ts'
import './styles/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { BrokenApp } from './app/Broken.tsx'
import { OutboxProvider } from './features/messages/outbox-context.ts'
import { RealtimeProvider } from './realtime/RealtimeProvider.tsx'
import { healthOfApi, HealthContext } from './server/health.ts'
import { createQueryClient } from './server/query-client.ts'
import { SessionProvider } from './session/SessionProvider.tsx'
import { giveUp, persistentConfig, whyUnable } from './start.ts'
import { Boundary } from './ui/Boundary.tsx'

// From here on, what goes wrong is said here and no longer by public/start.js.
document.documentElement.dataset['started'] = ''
const root = document.querySelector('#root')
if (!root) throw new Error('index.html has no #root')

const unable = whyUnable()
if (unable === undefined) await start(root)
else giveUp(unable)

async function start(root: Element): Promise<void> {
  // Nothing works without it, so nothing is mounted before it.
  const config = await persistentConfig()
  createRoot(root, { onCaughtError: report, onUncaughtError: report }).render(
    <StrictMode>
      <Boundary fallback={BrokenApp}>
        <QueryClientProvider client={createQueryClient()}>
          <HealthContext value={healthOfApi(config.apiUrl)}>
            <SessionProvider config={config}>
              <RealtimeProvider>
                <OutboxProvider>
                  <App />
                </OutboxProvider>
              </RealtimeProvider>
            </SessionProvider>
          </HealthContext>
        </QueryClientProvider>
      </Boundary>
    </StrictMode>,
  )
}

function report(error: unknown, { componentStack }: { componentStack?: string | undefined }): void {
  console.error('Conclave could not show a part of the page.', error, componentStack)
}
