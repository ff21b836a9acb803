import './trusted-types.ts'
import './styles/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { loadConfig } from './config.ts'
import { OutboxProvider } from './features/messages/outbox-context.ts'
import { RealtimeProvider } from './realtime/RealtimeProvider.tsx'
import { createQueryClient } from './server/query-client.ts'
import { SessionProvider } from './session/SessionProvider.tsx'

const root = document.querySelector('#root')
if (!root) throw new Error('index.html has no #root')

// Nothing works without it, so nothing is mounted before it.
const config = await loadConfig()

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <SessionProvider config={config}>
        <RealtimeProvider>
          <OutboxProvider>
            <App />
          </OutboxProvider>
        </RealtimeProvider>
      </SessionProvider>
    </QueryClientProvider>
  </StrictMode>,
)
