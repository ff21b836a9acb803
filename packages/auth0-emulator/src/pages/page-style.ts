export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --card: #fff; --ink: #1d1b18; --soft: #6a645a; --brass: #8a5a12;
  --on-brass: #fff; --line: #e4dfd4; --field: #938b7d; --tint: #f5f0e5; --wrong: #a3261b;
  --shadow: 0 1px 2px rgb(29 27 24 / 4%), 0 12px 32px -12px rgb(29 27 24 / 12%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17161a; --card: #1e1d22; --ink: #ece9e2; --soft: #a49d91; --brass: #e0b15a;
    --on-brass: #1d1b18; --line: #333138; --field: #77717c; --tint: #2a272a; --wrong: #f2938a;
    --shadow: none;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100dvh; display: flex; flex-direction: column;
  background: var(--paper); color: var(--ink);
  font: 15px/22px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
}
.ribbon {
  padding: 6px 16px; text-align: center; font-size: 13px; line-height: 18px;
  background: var(--tint); color: var(--soft); border-bottom: 1px solid var(--line);
}
.ribbon strong { color: var(--brass); font-weight: 600; }
main { width: 100%; max-width: 416px; margin: auto; padding: 24px 16px 48px; }
.door { display: block; width: 44px; height: 44px; margin: 0 auto 16px; color: var(--brass); }
h1 { margin: 0; text-align: center; font-size: 24px; line-height: 32px; font-weight: 600; letter-spacing: -0.01em; }
.lead { margin: 4px 0 24px; text-align: center; color: var(--soft); }
.card {
  padding: 24px; background: var(--card); border: 1px solid var(--line);
  border-radius: 12px; box-shadow: var(--shadow);
}
label { display: block; margin: 0 0 4px; font-size: 13px; line-height: 18px; font-weight: 600; }
input {
  width: 100%; height: 44px; margin: 0 0 16px; padding: 0 12px; font: inherit; color: inherit;
  background: var(--paper); border: 1px solid var(--field); border-radius: 8px;
}
button { width: 100%; font: inherit; color: inherit; cursor: pointer; border-radius: 8px; }
.primary {
  min-height: 44px; margin-top: 4px; padding: 0 16px; font-weight: 600;
  background: var(--brass); color: var(--on-brass); border: 1px solid transparent;
}
.primary:hover { filter: brightness(1.08); }
:focus-visible { outline: 2px solid var(--brass); outline-offset: 2px; }
input:focus-visible { outline-offset: -1px; border-color: transparent; }
.second {
  min-height: 44px; margin-top: 8px; padding: 0 16px; background: none; border: 1px solid var(--field);
}
.asked { margin: 0 0 16px; padding-left: 20px; overflow-wrap: anywhere; }
.hint { margin: -12px 0 16px; font-size: 13px; line-height: 18px; color: var(--soft); }
.wrong {
  margin: 0 0 16px; padding: 10px 12px; font-size: 13px; line-height: 18px; color: var(--wrong);
  border: 1px solid currentcolor; border-radius: 8px;
}
.other { margin: 20px 0 0; text-align: center; color: var(--soft); }
a { color: var(--brass); font-weight: 600; text-underline-offset: 3px; }
.people { margin-top: 24px; }
.people h2 {
  display: flex; align-items: center; gap: 12px; margin: 0 0 8px;
  font-size: 13px; line-height: 18px; font-weight: 400; color: var(--soft);
}
.people h2::before, .people h2::after { content: ''; flex: 1; height: 1px; background: var(--line); }
.person {
  display: flex; align-items: center; gap: 12px; width: calc(100% + 16px); min-height: 52px;
  margin: 0 -8px; padding: 6px 8px; text-align: left; background: none; border: 0;
}
.person:hover { background: var(--tint); }
.initials {
  flex: none; width: 36px; height: 36px; display: grid; place-items: center; border-radius: 50%;
  font-size: 13px; font-weight: 600; background: var(--tint); color: var(--brass);
}
.person:hover .initials { background: var(--card); }
.who { min-width: 0; }
.name, .email { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.name { font-weight: 600; line-height: 20px; }
.email { font-size: 13px; line-height: 18px; color: var(--soft); }
.message { margin: 0; text-align: center; }
@media (max-width: 400px) { .card { padding: 20px 16px; } }
@media (prefers-contrast: more) { :root { --line: currentcolor; --soft: var(--ink); } }
`
