/** The look of the report's page. */
export const HTML_STYLE = `
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: #1c2430; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.15rem; border-bottom: 1px solid #d9dde3; padding-bottom: 0.2rem; }
.score { font-size: 1.4rem; font-weight: 600; margin: 0.3rem 0; }
.points { float: right; font-weight: normal; color: #5b6472; }
ul { list-style: none; padding: 0; }
section li { display: flow-root; padding: 0.4rem 0.8rem; margin: 0.4rem 0; border-left: 4px solid #5b6472; background: #f6f7f9; }
section li.passed { border-color: #17803d; }
section li.failed { border-color: #b3261e; }
section li.errored { border-color: #7b3fb5; }
section li.not-attempted { border-color: #c9a227; }
.outcome { display: inline-block; min-width: 7rem; color: #5b6472; }
pre { margin: 0.3rem 0 0; font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.notices li { padding: 0.2rem 0.8rem; }
.notices .warning { background: #fff8e1; }
.figures { display: flex; flex-wrap: wrap; gap: 1rem; margin-top: 0.5rem; }
figure { margin: 0; }
figure img { min-width: 128px; max-width: 100%; image-rendering: pixelated; border: 1px solid #d9dde3; }
figcaption { font-size: 0.85rem; color: #5b6472; }
`;
