import { Marked } from 'marked';
import type { Token } from 'marked';
import { embedPicture } from './embed-picture.ts';
import { pageStyle } from './page-style.ts';
import { readReport } from './read-report.ts';
import type { ReportQuestion, ReportSection } from './read-report.ts';
import { furtherPictures } from './further-pictures.ts';

/** A report as one page, and what is still open. */
export interface RenderedReport {
  /** A self-contained HTML document: no scripts, nothing fetched. */
  readonly html: string;
  /** Questions without an answer, those that may be left out among them. */
  readonly unanswered: readonly ReportQuestion[];
  /** Pictures of `visualization/` that the report does not name; they stand at the end of the page. */
  readonly further: readonly string[];
  /** Pictures that could not be shown, each with the reason. */
  readonly missing: readonly string[];
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const isComment = (html: string): boolean => /^<!--(?:(?!-->)[^])*-->\s*$/.test(html.trim());
const isSafeLink = (href: string): boolean => /^(?:https?:\/\/|mailto:|#)/i.test(href);

/** Markdown to HTML, with the student's own HTML shown as text and pictures taken into the page. */
function renderer(
  places: { from: string; folder: string },
  { missing, named }: { missing: string[]; named: Set<string> },
): Marked {
  const markdown = new Marked();
  markdown.use({
    renderer: {
      html: ({ text }) => (isComment(text) ? '' : escapeText(text)),
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        return isSafeLink(href) ? `<a href="${escapeText(href)}" rel="noreferrer">${text}</a>` : text;
      },
      image({ href, title, text }) {
        const embedded = embedPicture({ address: href, ...places });
        if ('path' in embedded) named.add(embedded.path);
        else if (title === 'bonus') return '';
        const caption = text === '' ? '' : `<span class="caption">${escapeText(text)}</span>`;
        if ('dataUri' in embedded) {
          return `<span class="picture"><img src="${embedded.dataUri}" alt="${escapeText(text)}">${caption}</span>`;
        }
        missing.push(`${href}: ${embedded.problem}`);
        return `<span class="picture missing">${escapeText(`${href}: ${embedded.problem}`)}${caption}</span>`;
      },
    },
  });
  return markdown;
}

/** A picture without words of the student's own, under its name; nothing where it cannot be shown. */
function picture(options: { address: string; from: string; folder: string }): string {
  const embedded = embedPicture(options);
  if (!('dataUri' in embedded)) return '';
  const name = escapeText(options.address);
  return `<span class="picture"><img src="${embedded.dataUri}" alt="${name}"><span class="caption">${name}</span></span>`;
}

/** Labels of the questions that must still be answered. */
function openQuestions({ questions }: ReportSection): string[] {
  return questions.filter(({ answered, bonus }) => !answered && !bonus).map(({ label }) => label);
}

function list(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

/**
 * Renders a report written in Markdown.
 *
 * @param options.from the folder of the Markdown file, which its pictures' addresses are relative to
 * @param options.folder pictures must lie in it
 */
export function renderReport(options: { markdown: string; from: string; folder: string }): RenderedReport {
  const { title, preamble, sections } = readReport(options.markdown);
  const missing: string[] = [];
  const named = new Set<string>();
  const markdown = renderer(options, { missing, named });
  const html = (tokens: readonly Token[]): string => markdown.parser([...tokens]);
  const body = sections.map(({ tokens }, i) => `<section id="section-${i + 1}">\n${html(tokens)}</section>`);
  const opening = html(preamble);
  const further = furtherPictures({ folder: options.folder, named });
  if (further.length > 0) {
    const pictures = further.map((path) =>
      picture({ address: path, from: options.folder, folder: options.folder }),
    );
    body.push(`<section id="further">\n<h2>Further pictures</h2>\n${pictures.join('\n')}</section>`);
  }
  const unanswered = sections.flatMap(({ questions }) => questions.filter(({ answered }) => !answered));
  const contents = sections.map((section, i) => {
    const open = openQuestions(section);
    const state = open.length > 0 ? ` <span class="open">open: ${open.join(', ')}</span>` : '';
    return `<a href="#section-${i + 1}">${escapeText(section.title)}</a>${state}`;
  });
  if (further.length > 0) contents.push('<a href="#further">Further pictures</a>');
  const gone =
    missing.length > 0
      ? `<div class="open"><p>Missing pictures</p>${list(missing.map(escapeText))}</div>`
      : '';
  return {
    html: [
      '<!doctype html>',
      '<html lang="en">',
      '<head>',
      '<meta charset="utf-8">',
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`,
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      `<title>${escapeText(title)}</title>`,
      `<style>${pageStyle}</style>`,
      '</head>',
      '<body>',
      `<header>\n<h1>${escapeText(title)}</h1>\n${opening}<nav>${list(contents)}</nav>${gone}\n</header>`,
      ...body,
      '</body>',
      '</html>',
      '',
    ].join('\n'),
    unanswered,
    missing,
    further,
  };
}
