import { markup, type Markup } from '../../../grader/report/page/markup.ts';

/** The page of a submission, relative to the class's. */
const pageOf = (id: string): string => `submissions/${encodeURIComponent(id)}/report.html`;

export const link = (id: string): Markup => markup`<a href="${pageOf(id)}">${id}</a>`;

/** A table whose columns can be sorted by their headings. */
export function table(label: string, columns: readonly string[], rows: readonly Markup[]): Markup {
  const heads = columns.map((name) => markup`<th scope="col"><button type="button">${name}</button></th>`);
  return markup`<div class="wide" tabindex="0" role="region" aria-label="table of ${label}"><table><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
