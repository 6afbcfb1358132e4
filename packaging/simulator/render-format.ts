import { stripVTControlCharacters } from 'node:util';
import { marked } from 'marked';
import { filterXSS } from 'xss';
import { escapeHtml } from '../../grader/report/escape-html.ts';
import type { GradescopeResults } from '../../grader/gradescope/results-schema.ts';

type Format = GradescopeResults['output_format'];

/** Gradescope's list of tags is unpublished: this one is short, so that what looks right here needs little there. */
const TAGS = [
  ...['p', 'br', 'hr', 'b', 'strong', 'i', 'em', 'u', 'code', 'pre', 'blockquote'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
];
/** A picture that is in the text itself. */
const EMBEDDED = /^data:image\/png;base64,[\w+/=]+$/;

/** HTML with only harmless tags, without their attributes; pictures only from the text itself. */
export function sanitize(html: string): string {
  return filterXSS(html, {
    whiteList: { ...Object.fromEntries(TAGS.map((tag) => [tag, []])), img: ['src', 'alt'] },
    stripIgnoreTag: true,
    stripIgnoreTagBody: ['script', 'style'],
    onTagAttr: (_tag, name, value) => (name === 'src' && !EMBEDDED.test(value) ? '' : undefined),
  });
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
