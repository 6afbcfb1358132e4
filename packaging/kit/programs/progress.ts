import type { GradeReport } from '../../../grader/report/grade-report.ts';

/** A line on standard error that says what is at work: rewritten on a terminal, else once and at the end. */
export interface ProgressLine {
  show(this: void, report: GradeReport): void;
  /** A line that stays. */
  note(this: void, line: string): void;
  /** Takes the line away. */
  end(): void;
}

export function startProgress(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  let shown = '';
  const clear = (): void => {
    if (stream.isTTY && shown !== '') stream.write(`\r${' '.repeat(shown.length)}\r`);
  };
  return {
    show({ parts }) {
      const done = parts.filter((part) => part.state === 'graded').length;
      const next = parts.find((part) => part.state === 'pending')?.title ?? '';
      const line = `checking ${parts.length === 1 ? next : `${done} of ${parts.length} parts: ${next}`} ...`;
      if (line === shown) return;
      if (stream.isTTY) {
        clear();
        stream.write(line.slice(0, (stream.columns || 80) - 1));
      } else if (shown === '') stream.write(`${line}\n`);
      shown = line.slice(0, (stream.columns || 80) - 1);
    },
    note(line) {
      clear();
      stream.write(`${line}\n`);
      shown = '';
    },
    end() {
      clear();
      shown = '';
    },
  };
}
