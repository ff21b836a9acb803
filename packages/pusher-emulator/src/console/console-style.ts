export const CONSOLE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --raised: #ffffff; --ink: #1d1b18; --quiet: #6b655c; --line: #e4dfd5; --brass: #8a5a12;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #171512; --raised: #1f1c18; --ink: #efeae1; --quiet: #a49c8f; --line: #35302a; --brass: #d9a55a; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; }
h1 { margin: 0.5rem 0 0; font-size: 1.6rem; font-weight: 600; letter-spacing: -0.01em; }
h2 { margin: 2.25rem 0 0.75rem; font-size: 1.05rem; font-weight: 600; }
header p { margin: 0.25rem 0 1.5rem; color: var(--quiet); }
.ribbon { display: inline-block; margin: 0; padding: 0.1rem 0.6rem; border: 1px solid var(--brass); border-radius: 999px;
  color: var(--brass); font-size: 0.8125rem; font-weight: 600; }
.quiet { color: var(--quiet); }
#figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1px; margin: 0;
  background: var(--line); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
#figures div { padding: 0.75rem 1rem; background: var(--raised); }
dt { color: var(--quiet); font-size: 0.8125rem; }
dd { margin: 0; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
#fault[data-fault]:not([data-fault='none']) { color: var(--brass); }
table { width: 100%; border-collapse: collapse; }
th { color: var(--quiet); font-size: 0.8125rem; font-weight: 500; text-align: left; }
th, td { padding: 0.4rem 0.5rem 0.4rem 0; border-bottom: 1px solid var(--line); }
th + th, td + td { width: 8rem; text-align: right; font-variant-numeric: tabular-nums; }
td:first-child { overflow-wrap: anywhere; }
#tail { margin: 0; padding: 0; list-style: none; }
#tail li { display: grid; grid-template-columns: 6rem 6rem 1fr; gap: 0.75rem; padding: 0.4rem 0; border-bottom: 1px solid var(--line); }
#tail time { color: var(--quiet); font-variant-numeric: tabular-nums; }
#tail b { color: var(--brass); font-weight: 600; }
#tail code { min-width: 0; overflow-wrap: anywhere; font: 0.8125rem/1.6 ui-monospace, monospace; }
@media (max-width: 40rem) { #tail li { grid-template-columns: auto 1fr; } #tail code { grid-column: 1 / -1; } th + th, td + td { width: 6rem; } }
`
