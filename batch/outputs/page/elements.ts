import { markup, type Markup } from '../../../grader/report/page/markup.ts';

/** The page of a submission, relative to the class's. */
const pageOf = (id: string): string => `submissions/${encodeURIComponent(id)}/report.html`;

export const link = (id: string): Markup => markup`<a href="${pageOf(id)}">${id}</a>`;

/** A cell of a table that is sorted by its number, and says on a narrow screen what that is. */
export const figure = (label: string, value: number, shown: Markup | string | number = value): Markup =>
  markup`<td class="number" data-value="${value}" data-label="${label}">${shown}</td>`;

/** A field that searches the tables of its section. */
export const finder = (label: string): Markup =>
  markup`<p><label>${label} <input type="search" autocomplete="off"></label> <span role="status"></span></p>`;

/**
 * A table whose columns can be sorted by their headings.
 * @param look `stacked` where the cells of a row come one below the other on a narrow screen
 */
export function table(
  label: string,
  columns: readonly string[],
  rows: readonly Markup[],
  look: '' | 'stacked' = '',
): Markup {
  const heads = columns.map((name) => markup`<th scope="col"><button type="button">${name}</button></th>`);
  return markup`<div class="wide ${look}" tabindex="0" role="region" aria-label="table of ${label}"><table><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
