/** The server's own pages look as the page does: one calm card, the system's font, dark where the reader's system is. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  font: 16px/1.5 system-ui, sans-serif;
  --background: #fafaf9;
  --card: #ffffff;
  --border: #e4e4e1;
  --field: #8a8a85;
  --text: #1b1c1e;
  --faint: #5c5d5b;
  --accent: #2f6f4f;
  --button: #2f6f4f;
  --problem: #9a2c23;
}
@media (prefers-color-scheme: dark) {
  :root {
    --background: #0f1011;
    --card: #161719;
    --border: #26282b;
    --field: #74777c;
    --text: #e9e9e7;
    --faint: #a3a4a1;
    --accent: #5fb28a;
    --button: #37835f;
    --problem: #f0988f;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; min-height: 100vh; display: grid; align-items: center; background: var(--background); color: var(--text); }
main { width: min(100% - 2rem, 25rem); margin: 2rem auto; padding: 1.75rem; background: var(--card); border: 1px solid var(--border); border-radius: 10px; }
.wordmark { margin: 0; color: var(--accent); font-weight: 600; letter-spacing: -.01em; }
h1 { margin: .25rem 0 1.25rem; font-size: 1.375rem; line-height: 1.25; letter-spacing: -.01em; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
form { margin: 0; }
label { display: block; margin: 0 0 1rem; font-size: .9rem; font-weight: 500; }
input { display: block; width: 100%; margin-top: .25rem; padding: .5rem .75rem; font: inherit; font-size: 1rem; font-weight: 400; color: inherit; background: var(--background); border: 1px solid var(--field); border-radius: 6px; }
input[type=hidden] { display: none; }
button, .button { display: block; width: 100%; padding: .5625rem 1rem; font: inherit; font-weight: 500; text-align: center; text-decoration: none; cursor: pointer; color: #ffffff; background: var(--button); border: 1px solid transparent; border-radius: 6px; }
button + button, .others > * { margin-top: .75rem; }
button.quiet { color: var(--text); background: transparent; border-color: var(--field); }
button:hover, .button:hover { filter: brightness(.94); }
a { color: var(--accent); }
a.button { color: #ffffff; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code { font: .9em ui-monospace, monospace; }
.code { font: 600 1.75rem/1.2 ui-monospace, monospace; letter-spacing: .12em; }
.hint { margin: 1.5rem 0 0; padding-top: 1rem; border-top: 1px solid var(--border); color: var(--faint); font-size: .875rem; }
.problem, [role=alert] { color: var(--problem); }
main > :last-child { margin-bottom: 0; }
`;
