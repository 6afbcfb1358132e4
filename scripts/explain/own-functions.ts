import type { LoadedCheck, LoadedPart } from '../../grader/assignment/loaded.ts';
import { casesOf } from '../../grader/checks/index.ts';
import { declarationsBehind } from '../../grader/source/index.ts';
import type { Block } from '../../grader/report/page/explanation.ts';

/** Of one file; the rest is left out, and said so. */
const MOST_LINES = 200;

/**
 * The exports of submitted files that checks call. What a given wrapper calls of them its call does not say: of such a
 * case they are all functions of the part.
 */
function calledExports(
  checks: readonly LoadedCheck[],
  { cases, solutionFiles }: Pick<LoadedPart, 'cases' | 'solutionFiles'>,
  isSubmitted: (path: string) => boolean,
): Map<string, Set<string>> {
  const called = new Map<string, Set<string>>();
  const add = (path: string, names: readonly string[]): void =>
    void called.set(path, new Set([...(called.get(path) ?? []), ...names]));
  const calls = checks.flatMap(({ check }) =>
    casesOf(check).flatMap((id) => cases.get(id)?.plan.calls ?? []),
  );
  for (const { module, export: name } of calls) {
    if (isSubmitted(module)) add(module, [name]);
    else for (const { path, functions } of solutionFiles) add(path, functions);
  }
  return called;
}

/** The functions of a submission that checks call, by file, with the lines that make them up. */
export function ownFunctions(setup: {
  readonly checks: readonly LoadedCheck[];
  readonly part: Pick<LoadedPart, 'cases' | 'solutionFiles'>;
  /** What was submitted, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}): Block[] {
  const { checks, part, files } = setup;
  const called = calledExports(checks, part, (path) => files.has(path));
  return [...called].flatMap(([path, names]) => {
    const bytes = files.get(path);
    if (!bytes) return [];
    const text = Buffer.from(bytes).toString('utf8');
    const stretches = declarationsBehind({ path, text }, [...names]);
    const lines = stretches.flatMap(({ first, lines: own }, at) => [
      ...(at > 0 ? ['…'] : []),
      ...own.map((line, i) => `${String(first + i).padStart(4)}  ${line}`),
    ]);
    if (lines.length === 0) return [];
    const left = lines.length - MOST_LINES;
    const rest = left > 0 ? [`… ${left} more lines`] : [];
    return [
      { heading: `what they wrote, ${path}`, lines: [...lines.slice(0, MOST_LINES), ...rest], isCode: true },
    ];
  });
}
