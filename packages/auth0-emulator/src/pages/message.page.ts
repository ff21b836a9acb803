import type { Context } from '../incoming-request.ts'
import { html } from './html.ts'
import { sendPage } from './layout.ts'

export function sendMessage(
  ctx: Context,
  { status, title, text }: { status: number; title: string; text: string },
): void {
  const body = html`<h1>${title}</h1>
    <p class="lead message">${text}</p>`
  sendPage(ctx, { status, title, body })
}
