import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What came of a row: how much was compared, and how far the two backends lie apart. */
export interface Comparison {
  readonly operation: string;
  readonly kernels: readonly string[];
  readonly types: ReadonlySet<string>;
  readonly ranks: ReadonlySet<number>;
  /** Cases of which the plain backend gave a value, and a gradient. */
  values: number;
  gradients: number;
  /** Largest relative difference of a value, and of a gradient. */
  value: number;
  gradient: number;
}

const document = fileURLToPath(new URL('../../../docs/backends.md', import.meta.url));
const start = '<!-- differential table -->';
const end = '<!-- end of differential table -->';
const header = ['operation', 'kernels', 'types', 'ranks', 'values', 'gradients', 'largest difference'];

/** The smallest power of ten that a difference does not exceed; 0 for none. */
export function bound(difference: number): string {
  return difference === 0 ? '0' : `1e${Math.ceil(Math.log10(difference))}`;
}

const span = (numbers: ReadonlySet<number>): string => {
  if (numbers.size === 0) return '';
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return least === most ? String(least) : `${least} to ${most}`;
};

/** A row of the table; the last cell is how far apart, as `show` writes it. */
function cells(comparison: Comparison, show: (difference: number) => string): string[] {
  const { operation, kernels, types, ranks, values, gradients, value, gradient } = comparison;
  return [
    operation,
    kernels.join(', '),
    [...types].sort().join(', '),
    span(ranks),
    String(values),
    gradients === 0 ? '' : String(gradients),
    show(Math.max(value, gradient)),
  ];
}

const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;

function table(comparisons: readonly Comparison[], show: (difference: number) => string): string {
  return [header, header.map(() => '---'), ...comparisons.map((comparison) => cells(comparison, show))]
    .map(line)
    .join('\n');
}

/** The table with the differences as they were measured. */
export function printed(comparisons: readonly Comparison[]): string {
  return table(comparisons, (difference) => (difference === 0 ? '0' : difference.toExponential(1)));
}

/** The rows of the table in the documentation, cell by cell. */
export function documentedRows(): string[][] {
  const text = readFileSync(document, 'utf8');
  const lines = text.slice(text.indexOf(start), text.indexOf(end)).split('\n');
  return lines
    .filter((row) => row.startsWith('|'))
    .slice(2)
    .map((row) =>
      row
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

/** What the documentation should say of a comparison: its differences as powers of ten. */
export function documentedCells(comparison: Comparison): string[] {
  return cells(comparison, bound);
}

/** Writes the table into the documentation. */
export function writeDocumentation(comparisons: readonly Comparison[]): void {
  const text = readFileSync(document, 'utf8');
  const [before, after] = [text.slice(0, text.indexOf(start)), text.slice(text.indexOf(end))];
  writeFileSync(document, `${before}${start}\n\n${table(comparisons, bound)}\n\n${after}`);
}
