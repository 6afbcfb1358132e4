import { casesOf } from '../../grader/checks/index.ts';
import type { LoadedCase, LoadedCheck } from '../../grader/assignment/loaded.ts';
import type { Call } from '../../grader/format/call-plan.ts';
import type { TensorMap } from '../../grader/numeric/index.ts';
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

/** The call whose value a check judges; others only say more about one that is wrong. */
function judgedCall(check: LoadedCheck['check']): string | undefined {
  if ('value' in check) return check.value.call;
  return 'call' in check ? check.call : undefined;
}

const rangeOf = (cells: Float32Array): string => {
  const [lowest, highest] = [Math.min(...cells), Math.max(...cells)].map((value) => value.toPrecision(3));
  const mean = cells.reduce((sum, value) => sum + value, 0) / cells.length;
  return lowest === highest ? `${lowest} everywhere` : `${lowest} to ${highest}, mean ${mean.toPrecision(3)}`;
};

/** What stands beside each other on the page, in a line each. */
function comparedLines(tensors: TensorMap | undefined): string[] {
  if (!tensors) return [];
  return [`expected ${rangeOf(tensors.expected.cells)}`, `received ${rangeOf(tensors.received.cells)}`];
}

function caseLines(loaded: LoadedCase, check: LoadedCheck['check'], reveal: boolean): string[] {
  const { plan } = loaded;
  const judged = judgedCall(check);
  const marked = (call: Call): string => `${call.id === judged ? '>' : ' '} ${callAsCode(call)}`;
  const calls = [...plan.calls, ...plan.derived];
  const inputs = loaded.inputs();
  const expected = loaded.expected();
  return [
    ...section(`calls of the case “${plan.id}”; > is what this check looks at`, [
      ...plan.calls.map(marked),
      ...plan.derived.map((call) => `${marked(call)} // by the staff's copy`),
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
    ...section(
      'on the part of the values that the page shows',
      shown ? comparedLines(result.tensors ?? staffOnly?.tensors) : [],
    ),
    ...casesOf(loaded.check).flatMap((name) => {
      const found = cases.get(name);
      return found ? caseLines(found, loaded.check, shown) : [];
    }),
  ];
}
