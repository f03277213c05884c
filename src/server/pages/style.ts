/** The few pages' own style sheet: one column, the system's font, dark where the reader's system is. */
export const pageStyle = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 40rem; margin: 4rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.05rem; overflow-wrap: anywhere; }
label { display: block; margin: 0 0 1rem; }
input { display: block; width: 100%; box-sizing: border-box; margin-top: .25rem; padding: .5rem; font: inherit; }
input[type=hidden] { display: none; }
button { padding: .5rem 1.25rem; font: inherit; cursor: pointer; }
button.quiet { opacity: .75; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
section { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); margin-top: 1.5rem; }
.code { font: 600 2rem/1 ui-monospace, monospace; letter-spacing: .15em; }
.hint { opacity: .75; font-size: .9rem; }
`;
