import type { CompileProblem } from './compile-problem.ts';

/** The name that esbuild gives to what comes on its standard input. */
export const ENTRY = 'entry.ts';

const MAX_PROBLEMS = 5;
const MAX_MESSAGE = 400;
const MAX_SOURCE_LINE = 120;
const MAX_PATH = 400;

const PROBLEM = /^\S{1,4} \[ERROR\] /;
const PLACE = /^ {4}(\S.*):(\d{1,9}):(\d{1,9}):$/;
const SOURCE_LINE = /^ +\d{1,9} │ /;

/**
 * Reads esbuild's error messages: a line with the cause, an empty one, `file:line:column:`, the source line. The text
 * quotes the submission; each line is read once, and what is kept is bounded.
 */
export function esbuildProblems(text: string): CompileProblem[] {
  const lines = text.split('\n');
  const problems: CompileProblem[] = [];
  for (let i = 0; i < lines.length && problems.length < MAX_PROBLEMS; i++) {
    const start = PROBLEM.exec(lines[i]);
    if (!start) continue;
    const at = lines[i + 1] === '' ? placeIn(lines[i + 2]) : undefined;
    const quoted = at && SOURCE_LINE.exec(lines[i + 3] ?? '');
    problems.push({
      ...(at ?? { file: ENTRY, line: 1, column: 1 }),
      message: lines[i].slice(start[0].length).slice(0, MAX_MESSAGE),
      sourceLine: quoted
        ? lines[i + 3]
            .slice(quoted[0].length)
            .slice(0, 2 * MAX_SOURCE_LINE)
            .trim()
            .slice(0, MAX_SOURCE_LINE)
        : '',
    });
  }
  return problems;
}

function placeIn(line = ''): Pick<CompileProblem, 'file' | 'line' | 'column'> | undefined {
  const place = line.length <= MAX_PATH ? PLACE.exec(line) : null;
  return place ? { file: place[1], line: Number(place[2]), column: Number(place[3]) + 1 } : undefined;
}
