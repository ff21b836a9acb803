import { createHash } from 'node:crypto'
import type { Context } from '../incoming-request.ts'
import { type Html, html, safe } from './html.ts'
import { STYLE } from './page-style.ts'

interface Page {
  status: number
  title: string
  body: Html
  /** Where a form may lead: Chromium applies form-action to the redirects after it too. */
  formTargets?: readonly string[]
}

const DOOR = safe(`<svg class="door" viewBox="0 0 16 16" aria-hidden="true" fill="currentColor">
  <path fill-rule="evenodd" d="M8 .5A5.75 5.75 0 0 0 2.25 6.25V14A1.5 1.5 0 0 0 3.75 15.5h8.5a1.5 1.5 0 0 0 1.5-1.5V6.25A5.75 5.75 0 0 0 8 .5Zm0 5.1a2.1 2.1 0 0 0-1.05 3.92L6.3 12.4h3.4l-.65-2.88A2.1 2.1 0 0 0 8 5.6Z"/>
</svg>`)

/** In one piece, because the policy's hash allows exactly this text. */
const STYLE_ELEMENT = safe(`<style>${STYLE}</style>`)
const STYLE_DIGEST = createHash('sha256').update(STYLE).digest('base64')

export function sendPage(ctx: Context, page: Page): void {
  const formAction = ["'self'", ...(page.formTargets ?? [])].join(' ')
  ctx.status = page.status
  ctx.type = 'html'
  ctx.set('cache-control', 'no-store')
  // no-referrer would turn the Origin of our own forms into "null".
  ctx.set('referrer-policy', 'same-origin')
  ctx.set('x-frame-options', 'DENY')
  ctx.set(
    'content-security-policy',
    `default-src 'none'; style-src 'sha256-${STYLE_DIGEST}'; img-src data:; form-action ${formAction}; base-uri 'none'; frame-ancestors 'none'`,
  )
  ctx.body = documentOf(page).markup
}

function documentOf({ title, body }: Page): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${STYLE_ELEMENT}
      </head>
      <body>
        <div class="ribbon" role="note">
          <strong>Local stand-in</strong> for Auth0, with made-up people
        </div>
        <main>${DOOR} ${body}</main>
      </body>
    </html> `
}
