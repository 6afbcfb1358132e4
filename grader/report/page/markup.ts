import { escapeHtml } from '../escape-html.ts';

/** HTML that may go into a page as it is. */
export class Markup {
  readonly html: string;

  /** @param html of our own, or made harmless */
  constructor(html: string) {
    this.html = html;
  }
}

type Content = Markup | string | number | undefined | readonly Content[];

function htmlOf(content: Content): string {
  if (content === undefined) return '';
  if (content instanceof Markup) return content.html;
  if (typeof content === 'object') return content.map(htmlOf).join('');
  return escapeHtml(String(content));
}

/** A template of HTML: what is put into it is escaped unless it is markup itself, so that no text becomes a tag. */
export function markup(template: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(template.map((text, i) => text + htmlOf(contents[i])).join(''));
}
