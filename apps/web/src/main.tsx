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
import { HeldPeopleProvider } from './server/HeldPeopleProvider.tsx'
import { createQueryClient } from './server/query-client.ts'
import { createVersion, VersionContext } from './server/version.ts'
import { SessionProvider } from './session/SessionProvider.tsx'
import { giveUp, persistentConfig, whyUnable } from './start.ts'
import { Boundary } from './ui/Boundary.tsx'
import { speak } from './words/say.ts'

const root = document.querySelector('#root')
if (!root) throw new Error('index.html has no #root')

// Not awaited here: WebKit would take parts that import this module for loaded before they are
// (https://bugs.webkit.org/show_bug.cgi?id=242740).
void begin(root)

async function begin(root: Element): Promise<void> {
  try {
    // What public/start.js has chosen, and is loading already.
    await speak(document.documentElement.lang)
    // From here on, errors are shown by the app and no longer by public/start.js.
    document.documentElement.dataset['started'] = ''
    const unable = whyUnable()
    if (unable === undefined) await start(root)
    else giveUp(unable)
  } catch (error) {
    console.error('Conclave could not start.', error)
  }
}

async function start(root: Element): Promise<void> {
  // Nothing works without the configuration, so nothing is mounted before it is here.
  const config = await persistentConfig()
  const version = createVersion()
  createRoot(root, { onCaughtError: report, onUncaughtError: report }).render(
    <StrictMode>
      <Boundary fallback={BrokenApp}>
        <QueryClientProvider client={createQueryClient()}>
          <VersionContext value={version}>
            <HealthContext value={healthOfApi(config.apiUrl, version.hear)}>
              <SessionProvider config={config}>
                <HeldPeopleProvider>
                  <RealtimeProvider>
                    <OutboxProvider>
                      <App />
                    </OutboxProvider>
                  </RealtimeProvider>
                </HeldPeopleProvider>
              </SessionProvider>
            </HealthContext>
          </VersionContext>
        </QueryClientProvider>
      </Boundary>
    </StrictMode>,
  )
}

function report(error: unknown, { componentStack }: { componentStack?: string | undefined }): void {
  console.error('Conclave could not show a part of the page.', error, componentStack)
}
