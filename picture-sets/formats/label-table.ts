import { parse } from 'csv-parse/sync';

/** A row of a table of labels. */
interface LabelledFile {
  /** As the table names it. */
  readonly file: string;
  readonly label: string;
  /** From 1, that of the headings among them. */
  readonly row: number;
}

const fileHeadings = ['file', 'filename', 'file name', 'name', 'path', 'picture', 'image'];
const labelHeadings = ['label', 'class', 'class name', 'category'];

/** Spreadsheets write semicolons where the comma is part of numbers. */
function delimiterOf(text: string): string {
  const [line] = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  return /[,;\t]/.exec(line.replaceAll(/"[^"]*"/g, ''))?.[0] ?? ',';
}

/**
 * The files and labels of a CSV file. A first row of headings says which columns they are, such as `file,label`;
 * without one there are two columns, the file and the label.
 *
 * @throws Error: one sentence, where it is no such table
 */
export function parseLabelTable(text: string): LabelledFile[] {
  const [first, ...others] = rowsOf(text);
  if (first === undefined) throw new Error('it is empty');
  const headings = first.map((heading) => heading.toLowerCase());
  const file = headings.findIndex((heading) => fileHeadings.includes(heading));
  const label = headings.findIndex((heading) => labelHeadings.includes(heading));
  const hasHeadings = file >= 0 && label >= 0;
  if (!hasHeadings && first.length !== 2) {
    throw new Error(
      `it has ${first.length} columns, so its first row must name those of the file and the label, as in file,label`,
    );
  }
  const [at, of] = hasHeadings ? [file, label] : [0, 1];
  return (hasHeadings ? others : [first, ...others]).map((row, index) => {
    const number = index + (hasHeadings ? 2 : 1);
    if (row[at] !== '' && row[of] !== '') return { file: row[at], label: row[of], row: number };
    throw new Error(`row ${number} lacks ${row[at] === '' ? 'a file' : 'a label'}`);
  });
}

function rowsOf(text: string): string[][] {
  try {
    return parse(text, { bom: true, delimiter: delimiterOf(text), trim: true, skip_empty_lines: true });
  } catch (cause) {
    throw new Error(`it is not CSV: ${(cause as Error).message}`, { cause });
  }
}
