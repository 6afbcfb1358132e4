import type { CheckResult, GradeReport } from '../report/grade-report.ts';

const UNCOMPILED = / does not compile$/;
/** As the messages of `pipeline/processes/explain.ts` have it. */
const UNEXPORTED = /^(\S+) exports no function (\S+); keep the names of the template$/;
const MISSING = /^(\S+) is not in the submission;/;
const NOT_TAKEN = /^(.+?) was not taken: /;

/** What a name is but for capitals, `-`, `_`, dots and blanks: `Some_File.ts` is nearly `some-file.ts`. */
const rough = (path: string): string => path.toLowerCase().replaceAll(/[-_. ]/g, '');

/**
 * What has to be done before any verdict on what a file computes means something: a file that is missing or has another
 * name, one that does not compile, a function of another name. Undefined where nothing of this is in the way.
 * @param checks those of one part
 * @param file the one in which the part's work is done
 */
export function codeProblem(
  { notices }: Pick<GradeReport, 'notices'>,
  { checks, file }: { readonly checks: readonly CheckResult[]; readonly file: string | undefined },
): string | undefined {
  const texts = notices.map(({ text }) => text);
  if (file !== undefined && texts.some((text) => MISSING.exec(text)?.[1] === file)) {
    const other = texts
      .map((text) => NOT_TAKEN.exec(text)?.[1])
      .find((path) => path !== undefined && rough(path) === rough(file));
    return other === undefined
      ? `restore ${file}, which is missing, from the assignment's zip`
      : `rename ${other} to ${file}`;
  }
  for (const { outcome, message } of checks) {
    if (outcome !== 'failed' || message.length === 0) continue;
    if (UNCOMPILED.test(message[0])) {
      return message.length > 1
        ? `fix the error at ${message[1].replace(/\.$/, '')}`
        : `make sure that ${message[0].replace(UNCOMPILED, '')} compiles`;
    }
    const [, path, name] = UNEXPORTED.exec(message[0]) ?? [];
    if (path !== undefined) return `export the function ${name} from ${path}, by this very name`;
  }
  return undefined;
}
