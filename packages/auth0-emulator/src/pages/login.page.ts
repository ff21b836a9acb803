import type { Account } from '../accounts.ts'
import { initialsOf } from '../profile.ts'
import { emailField, passwordField, problemNote } from './fields.ts'
import { type Html, html } from './html.ts'

interface LoginPage {
  action: string
  appName: string
  email: string
  people: Account[]
  problem?: string
}

export function loginPage({ action, appName, email, people, problem }: LoginPage): Html {
  return html`<h1>Log in</h1>
    <p class="lead">to continue to ${appName}</p>
    <div class="card">
      <form method="post" action="${action}?screen=login">
        ${problemNote(problem)} ${emailField(email)} ${passwordField('current-password')}
        <button class="primary">Continue</button>
      </form>
      ${people.length > 0 ? peopleList(action, people) : html``}
    </div>
    <p class="other">New here? <a href="${action}?screen=signup">Sign up</a></p>`
}

function peopleList(action: string, people: Account[]): Html {
  return html`<form class="people" method="post" action="${action}?screen=login">
    <h2>or sign in with one click as</h2>
    ${people.map(personButton)}
  </form>`
}

function personButton({ sub, name, email }: Account): Html {
  return html`<button class="person" name="person" value="${sub}">
    <span class="initials" aria-hidden="true">${initialsOf(name)}</span>
    <span class="who"><span class="name">${name}</span> <span class="email">${email}</span></span>
  </button> `
}
