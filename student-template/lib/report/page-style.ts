/** Readable on a screen; printed, one section per page. */
export const pageStyle = `
@page { size: A4; margin: 18mm 16mm; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 11pt/1.5 Georgia, 'Noto Serif', serif; color: #1d1d24; }
h1, h2, h3, nav, .caption, .missing, .open { font-family: system-ui, 'Noto Sans', sans-serif; }
h1 { font-size: 1.7rem; margin: 0 0 1rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 0.75rem; border-bottom: 1px solid #c9c9d4; padding-bottom: 0.3rem; }
h3 { font-size: 1.05rem; }
blockquote { margin: 1rem 0; padding: 0.4rem 0.9rem; border-left: 4px solid #4682b4; background: #f2f6fa; break-inside: avoid; break-after: avoid; }
blockquote p { margin: 0; }
pre { overflow-x: auto; padding: 0.6rem; background: #f5f5f7; white-space: pre-wrap; }
code { font-size: 0.9em; }
table { border-collapse: collapse; }
th, td { border: 1px solid #c9c9d4; padding: 0.2rem 0.6rem; }
.picture { display: block; margin: 0.8rem 0; text-align: center; break-inside: avoid; }
.picture img { max-width: 100%; max-height: 225mm; }
.caption { display: block; font-size: 0.85rem; color: #5b5b66; }
.missing { border: 2px dashed #b3403a; color: #b3403a; padding: 1.2rem; }
.open { color: #b3403a; font-size: 0.9rem; }
a { color: #2a5f8f; }
@media print {
  body { margin: 0; padding: 0; max-width: none; }
  section { break-before: page; }
  h2 { margin-top: 0; }
}
`;
