import Table from 'cli-table3';

/** A column: its heading, and where its cells are aligned. */
export interface Column {
  readonly name: string;
  readonly align?: 'left' | 'right';
}

/** A table for a terminal, without colours, so that it can be pasted anywhere. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const table = new Table({
    head: columns.map(({ name }) => name),
    colAligns: columns.map(({ align = 'left' }) => align),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push([...row]);
  return table.toString();
}
