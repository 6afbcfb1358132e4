import { escapeHtml } from './escape-html.ts';

/**
 * One HTML page that needs no other file and runs no script: only pictures of the page itself are shown, and nothing
 * is fetched, whatever came into it.
 */
export function htmlPage(page: {
  /** Plain text. */
  readonly title: string;
  /** CSS of our own. */
  readonly style: string;
  /** HTML in which every foreign text is escaped or sanitized. */
  readonly body: string;
}): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escapeHtml(page.title)}</title>
<style>${page.style}</style>
</head>
<body>
${page.body}
</body>
</html>
`;
}
