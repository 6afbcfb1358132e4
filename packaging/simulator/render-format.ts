import { stripVTControlCharacters } from 'node:util';
import { marked } from 'marked';
import { escapeHtml } from '../../grader/report/escape-html.ts';
import type { GradescopeResults } from '../../grader/gradescope/results-schema.ts';

type Format = GradescopeResults['output_format'];

/** Gradescope's list of tags is unpublished: this one is short, so that what looks right here needs little there. */
const TAGS = new Set(
  'p br b strong i em u code pre ul ol li h1 h2 h3 h4 h5 h6 blockquote hr table thead tbody tr th td'.split(
    ' ',
  ),
);
const PICTURE = /^<img\s[^>]*?src="(data:image\/png;base64,[A-Za-z0-9+/=]+)"[^>]*>$/;

function sanitizeTag(tag: string): string {
  const picture = PICTURE.exec(tag);
  if (picture) {
    const alt = /\salt="([^"<>]*)"/.exec(tag)?.[1] ?? '';
    return `<img src="${picture[1]}" alt="${alt}">`;
  }
  const [, slash, name] = /^<(\/?)([a-z0-9]+)(?:\s[^>]*)?\/?>$/i.exec(tag) ?? [];
  return name && TAGS.has(name.toLowerCase()) ? `<${slash}${name.toLowerCase()}>` : '';
}

/** HTML with only harmless tags, without their attributes; pictures only from the text itself. */
export function sanitize(html: string): string {
  // Every second piece is a whole tag; an angle bracket anywhere else begins none.
  return html
    .split(/(<[^<>]*>)/)
    .map((piece, i) => (i % 2 === 1 ? sanitizeTag(piece) : piece.replaceAll('<', '&lt;')))
    .join('');
}

/** A text of Gradescope's results as HTML. */
export function renderFormat(text: string, format: Format): string {
  switch (format) {
    case 'html':
      return sanitize(text);
    case 'md':
      return sanitize(marked.parse(text, { async: false, gfm: true }));
    case 'ansi':
      return `<pre>${escapeHtml(stripVTControlCharacters(text))}</pre>`;
    case 'text':
      return `<pre>${escapeHtml(text)}</pre>`;
    default:
      return text
        .split(/\n{2,}/)
        .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`)
        .join('\n');
  }
}
