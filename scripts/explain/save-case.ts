import { cpSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { GradeReport } from '../../grader/report/grade-report.ts';

/** As one word of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Keeps what is needed to come to the same result elsewhere: the submission, the assignment, the template, a command. */
export function saveCase(
  submission: string,
  target: string,
  setup: {
    readonly halves: readonly string[];
    readonly template: string;
    /** What was asked for, as `part/check`. */
    readonly checks: readonly string[] | undefined;
    readonly report: GradeReport;
  },
): void {
  const { halves, template, checks, report } = setup;
  const path = resolve(submission);
  mkdirSync(target, { recursive: true });
  // Not the name that the student gave it: the command below goes into a shell.
  const name = statSync(path).isFile() ? 'submission.zip' : 'submission';
  cpSync(path, join(target, name), { recursive: true });
  halves.forEach((half, i) => cpSync(half, join(target, 'assignment', String(i)), { recursive: true }));
  cpSync(template, join(target, 'template'), {
    recursive: true,
    filter: (from) => basename(from) !== 'node_modules',
  });
  const which = checks
    ? `--check ${checks.join(' ')}`
    : `--part ${report.parts.map(({ id }) => id).join(' ')}`;
  const at = (below: string): string => `"$CASE/${below}"`;
  const assignment = halves.map((_, i) => at(`assignment/${i}`)).join(' ');
  const command = `npm run explain -- ${at(name)} --reveal ${which} --assignment ${assignment} --template ${at('template')}`;
  writeFileSync(
    join(target, 'README.md'),
    `# A case to look into

Private: it holds the assignment with its expected values. Run both lines in the project's folder; where this folder has
moved, the first has to name where it is now.

    CASE=${quoted(resolve(target))}
    ${command}
`,
  );
  console.log(`${target} holds all of it; its README.md has the command.`);
}
