/** The look of the simulator's pages: results on the left, a summary on the right. */
export const STYLE = `
:root { --green: #17803d; --red: #b3261e; --line: #d9dde3; --quiet: #5b6472; }
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: minmax(0, 1fr) 22rem; font: 15px/1.5 system-ui, sans-serif; color: #1c2430; }
main { padding: 1.5rem 2rem; }
aside { padding: 1.5rem; border-left: 1px solid var(--line); background: #f6f7f9; min-height: 100vh; }
h1 { font-size: 1.3rem; margin: 0 0 1rem; }
h2 { font-size: 1rem; margin: 1.5rem 0 0.5rem; }
h3 { font-size: 1rem; margin: 0; font-weight: 600; }
.total { font-size: 1.4rem; font-weight: 600; }
.test { border: 1px solid var(--line); border-left: 4px solid var(--quiet); margin: 0 0 0.75rem; padding: 0.6rem 0.9rem; border-radius: 4px; }
.test.passed { border-left-color: var(--green); }
.test.passed h3 { color: var(--green); }
.test.failed { border-left-color: var(--red); }
.test.failed h3 { color: var(--red); }
.output { margin-top: 0.4rem; }
.output p { margin: 0.3rem 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0.3rem 0; font: 13px/1.45 ui-monospace, monospace; }
img { image-rendering: pixelated; max-width: 100%; min-width: 96px; border: 1px solid var(--line); }
.summary { border: 1px solid var(--line); padding: 0.4rem 1rem; margin-bottom: 1rem; border-radius: 4px; }
.warnings { border: 1px solid #d9a400; background: #fff8e1; padding: 0 1rem; margin-bottom: 1rem; border-radius: 4px; }
.extra { color: var(--quiet); font: 12px ui-monospace, monospace; margin-top: 0.3rem; overflow-wrap: anywhere; }
.badge { margin-left: 0.5rem; font-size: 0.75rem; background: #e7e9ee; padding: 0.1rem 0.4rem; border-radius: 3px; color: #1c2430; }
aside ul { padding-left: 1.1rem; margin: 0; }
aside li { overflow-wrap: anywhere; margin-bottom: 0.3rem; }
aside td { overflow-wrap: anywhere; }
aside li.passed { color: var(--green); }
aside li.failed { color: var(--red); }
table { border-collapse: collapse; }
th, td { text-align: left; padding: 0.15rem 0.8rem 0.15rem 0; font-weight: normal; vertical-align: top; }
th { color: var(--quiet); }
@media (max-width: 60rem) { body { grid-template-columns: 1fr; } aside { border-left: 0; border-top: 1px solid var(--line); min-height: 0; } }
`;
