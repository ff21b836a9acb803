import type { App, Totals } from './app-state.ts'

export interface Stats extends Totals {
  connections: number
  users: number
  channels: { name: string; subscriptions: number; members: number }[]
  record: { total: number; size: number }
  webhooks: { sent: number; failed: number; dropped: number; pending: number }
  fault: string
}

export function stats(app: App): Stats {
  return {
    connections: app.connections.size,
    users: app.users.size,
    channels: Array.from(app.channels.values(), ({ name, subscribers, members }) => ({
      name,
      subscriptions: subscribers.size,
      members: members.size,
    })),
    ...app.totals,
    record: { total: app.record.total, size: app.record.size },
    webhooks: { ...app.webhooks.counts },
    fault: app.fault.mode,
  }
}
