import { emailField, passwordField, problemNote } from './fields.ts'
import { type Html, html } from './html.ts'

interface SignupPage {
  action: string
  appName: string
  name: string
  email: string
  problem?: string
}

export function signupPage({ action, appName, name, email, problem }: SignupPage): Html {
  return html`<h1>Sign up</h1>
    <p class="lead">to start using ${appName}</p>
    <div class="card">
      <form method="post" action="${action}?screen=signup">
        ${problemNote(problem)}
        <label for="name">Name</label>
        <input id="name" name="name" value="${name}" autocomplete="name" required autofocus />
        ${emailField(email)} ${passwordField('new-password')}
        <p class="hint">At least 8 characters</p>
        <button class="primary">Continue</button>
      </form>
    </div>
    <p class="other">Already have an account? <a href="${action}?screen=login">Log in</a></p>`
}
