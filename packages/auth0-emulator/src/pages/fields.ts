import { type Html, html } from './html.ts'

export function emailField(value: string): Html {
  return html`<label for="email">Email address</label>
    <input
      id="email"
      name="email"
      type="email"
      value="${value}"
      autocomplete="username"
      required
    />`
}

export function passwordField(autocomplete: 'current-password' | 'new-password'): Html {
  return html`<label for="password">Password</label>
    <input id="password" name="password" type="password" autocomplete="${autocomplete}" required />`
}

export function problemNote(problem: string | undefined): Html {
  return problem ? html`<p class="wrong" role="alert">${problem}</p>` : html``
}
