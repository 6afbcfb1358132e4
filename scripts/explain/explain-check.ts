import { casesOf } from '../../grader/checks/index.ts';
import type { LoadedCase, LoadedCheck } from '../../grader/assignment/loaded.ts';
import type { CheckResult } from '../../grader/report/grade-report.ts';
import { callAsCode, inputsOf } from './call-as-code.ts';
import { describeExpected, describeTensor } from './describe-tensor.ts';

const WORD: Readonly<Record<CheckResult['outcome'], string>> = {
  passed: 'passed',
  failed: 'FAILED',
  skipped: 'skipped',
  errored: 'NOT JUDGED',
  'not-attempted': 'not attempted',
};

const indented = (lines: readonly string[]): string[] => lines.map((line) => `    ${line}`);

function section(name: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`  ${name}`, ...indented(lines)];
}

function caseLines(loaded: LoadedCase, reveal: boolean): string[] {
  const { plan } = loaded;
  const calls = [...plan.calls, ...plan.derived];
  const inputs = loaded.inputs();
  const expected = loaded.expected();
  return [
    ...section(`calls of the case “${plan.id}”`, [
      ...plan.calls.map(callAsCode),
      ...plan.derived.map((call) => `${callAsCode(call)} // by the staff's copy`),
    ]),
    ...(reveal
      ? [
          ...section(
            'inputs',
            inputsOf(calls).flatMap((name) =>
              inputs[name] ? [`${name}: ${describeTensor(inputs[name])}`] : [],
            ),
          ),
          ...section(
            'the reference returns',
            [...expected].flatMap(([id, call]) =>
              describeExpected(
                plan.calls.find((one) => one.id === id),
                id,
                call,
              ),
            ),
          ),
        ]
      : []),
  ];
}

/** How far a comparison was from its limit, where it is one of numbers. */
function toleranceLine({ used }: CheckResult): string[] {
  if (used === undefined) return [];
  const times = used >= 10 ? Math.round(used) : Number(used.toPrecision(2));
  return [`${times} times the tolerance${used <= 1 ? ', which is within it' : ''}`];
}

/**
 * All that the staff may want to know of one check of a submission, as lines.
 * @param options.whole also the calls of a check that was not attempted
 * @param options.reveal also inputs, expected values and the full message of a private check
 */
export function explainCheck(options: {
  loaded: LoadedCheck;
  cases: ReadonlyMap<string, LoadedCase>;
  result: CheckResult;
  /** What was answered to the questions of the check, and what is right; for those who may see it. */
  answers: readonly string[];
  whole: boolean;
  reveal: boolean;
}): string[] {
  const { loaded, cases, result, answers, whole, reveal } = options;
  const { id, part, title, half, outcome, earned, points, message, excerpt, staffOnly } = result;
  const shown = half === 'public' || reveal;
  const code = excerpt
    ? excerpt.lines.map((line, i) => {
        const number = excerpt.first + i;
        return `${number === excerpt.line ? '>' : ' '} ${String(number).padStart(4)}  ${line}`;
      })
    : [];
  if (outcome === 'not-attempted' && !whole) {
    return [`${part}/${id}: ${WORD[outcome]}, ${earned} of ${points} points, ${half}`, `  ${title}`];
  }
  return [
    `${part}/${id}: ${WORD[outcome]}, ${earned} of ${points} points, ${half}`,
    `  ${title}`,
    ...section('the student reads', message),
    ...(reveal ? section('only the staff reads', staffOnly?.message ?? []) : []),
    ...(reveal ? section('answers', answers) : []),
    ...section(excerpt ? `${excerpt.path}, line ${excerpt.line}` : '', code),
    ...section('tolerance', toleranceLine(result)),
    ...casesOf(loaded.check).flatMap((name) => {
      const found = cases.get(name);
      return found ? caseLines(found, shown) : [];
    }),
  ];
}
