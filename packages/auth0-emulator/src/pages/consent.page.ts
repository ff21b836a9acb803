import { type Html, html } from './html.ts'

interface ConsentPage {
  action: string
  appName: string
  email: string
  scopes: string[]
}

export function consentPage({ action, appName, email, scopes }: ConsentPage): Html {
  return html`<h1>Authorize app</h1>
    <p class="lead">${appName} asks for access to the account of ${email}</p>
    <div class="card">
      <form method="post" action="${action}">
        <ul class="asked">
          ${scopes.map((scope) => html`<li>${scope}</li>`)}
        </ul>
        <button class="primary" name="answer" value="accept">Accept</button>
        <button class="second" name="answer" value="decline">Decline</button>
      </form>
    </div>`
}
