import type { CompileProblem } from './compile-problem.ts';

const MAX_LINE = 4000;
const PROBLEM = /^(.+?)\((\d{1,9}),(\d{1,9})\): error (TS\d{1,6}: .+)$/;

/** What the TypeScript compiler says of files, the student's own or not: `file(line,column): error TS1234: ...`. */
export function tscProblems(text: string): CompileProblem[] {
  return text.split(/\r?\n/).flatMap((whole) => {
    const [, file, line, column, message] = PROBLEM.exec(whole.slice(0, MAX_LINE)) ?? [];
    if (file === undefined) return [];
    return [{ file, line: Number(line), column: Number(column), message, sourceLine: '' }];
  });
}
