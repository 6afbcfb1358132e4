import type { LoadedCase, LoadedCheck } from '../../grader/assignment/loaded.ts';
import { casesOf } from '../../grader/checks/index.ts';
import { declarationsBehind } from '../../grader/source/index.ts';
import type { Block } from '../../grader/report/page/explanation.ts';

/** Of one file; the rest is left out, and said so. */
const MOST_LINES = 200;

/** The functions of a submission that checks call, by file, with the lines that make them up. */
export function ownFunctions(setup: {
  readonly checks: readonly LoadedCheck[];
  readonly cases: ReadonlyMap<string, LoadedCase>;
  /** What was submitted, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}): Block[] {
  const { checks, cases, files } = setup;
  const called = new Map<string, Set<string>>();
  for (const { check } of checks) {
    for (const id of casesOf(check)) {
      for (const { module, export: name } of cases.get(id)?.plan.calls ?? []) {
        called.set(module, (called.get(module) ?? new Set()).add(name));
      }
    }
  }
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
