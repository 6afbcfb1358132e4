import { createHash } from 'node:crypto';
import { escapeHtml } from './escape-html.ts';

/**
 * One HTML page that needs no other file. It runs its own script and no other, shows only pictures that are in the page
 * itself, and fetches nothing, whatever came into it; a live one may ask its own server.
 */
export function htmlPage(page: {
  /** Plain text. */
  readonly title: string;
  /** CSS of our own. */
  readonly style: string;
  /** HTML in which every foreign text is escaped or sanitized; no `style` attributes, no handlers. */
  readonly body: string;
  /** JavaScript of our own. */
  readonly script?: string;
  /** Whether the page asks the server that it came from for a newer version. */
  readonly live?: boolean;
}): string {
  const { title, style, body, script, live = false } = page;
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `style-src ${hashOf(style)}`,
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    ...(live ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<!doctype html>
<html lang="en"${live ? ' data-live' : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
${script === undefined ? '' : `<script>${script}</script>`}
</body>
</html>
`;
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
