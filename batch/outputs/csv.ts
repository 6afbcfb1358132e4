import { stringify } from 'csv-stringify/sync';

/** Spreadsheets run what begins so; a name is text. */
function asText(value: string): string {
  return /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
}

/** Rows as CSV, with no text that a spreadsheet takes for a formula. */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return stringify(rows.map((row) => row.map((cell) => (typeof cell === 'string' ? asText(cell) : cell))));
}
