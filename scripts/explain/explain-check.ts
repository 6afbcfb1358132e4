import { casesOf } from '../../grader/checks/index.ts';
import type { LoadedCase, LoadedCheck } from '../../grader/assignment/loaded.ts';
import type { Call } from '../../grader/format/call-plan.ts';
import type { CheckResult } from '../../grader/report/grade-report.ts';
import type { Block } from '../../grader/report/page/explanation.ts';
import { callAsCode, inputsOf } from './call-as-code.ts';
import { comparedLines } from './compared-lines.ts';
import { toleranceLines } from './tolerance-lines.ts';
import { describeExpected, describeTensor } from './describe-tensor.ts';

/** The call whose value a check judges; others only say more about one that is wrong. */
function judgedCall(check: LoadedCheck['check']): string | undefined {
  if ('value' in check) return check.value.call;
  if ('image' in check) return check.image.call;
  return 'call' in check ? check.call : undefined;
}

/** The block with these lines, where there are any. */
const blockOf = (heading: string, lines: readonly string[], isCode = false): Block[] =>
  lines.length === 0 ? [] : [{ heading, lines, isCode }];

function callBlock({ plan }: LoadedCase, check: LoadedCheck['check']): Block[] {
  const judged = judgedCall(check);
  const marked = (call: Call): string => `${call.id === judged ? '>' : ' '} ${callAsCode(call)}`;
  return blockOf(
    `calls of the case “${plan.id}”; > is what this check looks at`,
    [...plan.calls.map(marked), ...plan.derived.map((call) => `${marked(call)} // by the staff's copy`)],
    true,
  );
}

/** What goes into the calls of a case, and what the reference makes of it. */
function valueBlocks(loaded: LoadedCase): Block[] {
  const { calls, derived } = loaded.plan;
  const inputs = loaded.inputs();
  const named = inputsOf([...calls, ...derived]).filter((name) => inputs[name]);
  const returned = [...loaded.expected()].flatMap(([id, value]) =>
    describeExpected(
      calls.find((one) => one.id === id),
      id,
      value,
    ),
  );
  return [
    ...blockOf(
      'inputs',
      named.map((name) => `${name}: ${describeTensor(inputs[name])}`),
      true,
    ),
    ...blockOf('the reference returns', returned, true),
  ];
}

/** What a check found: the page of a report shows the same in its own way. */
export function foundBlocks({ message, staffOnly, excerpt }: CheckResult, reveal: boolean): Block[] {
  const code = (excerpt?.lines ?? []).map((line, i) => {
    const number = excerpt!.first + i;
    return `${number === excerpt!.line ? '>' : ' '} ${String(number).padStart(4)}  ${line}`;
  });
  return [
    ...blockOf('the student reads', message),
    ...(reveal ? blockOf('only the staff reads', staffOnly?.message ?? []) : []),
    ...blockOf(`${excerpt?.path}, line ${excerpt?.line}`, code, true),
  ];
}

/**
 * All that the staff may want to know of one check of a submission beside what it found.
 * @param options.reveal also inputs and expected values of a private check
 */
export function explainCheck(options: {
  readonly loaded: LoadedCheck;
  readonly cases: ReadonlyMap<string, LoadedCase>;
  readonly result: CheckResult;
  /** What was answered to the questions of the check, and what is right where that may be seen. */
  readonly answers: readonly string[];
  readonly reveal: boolean;
}): Block[] {
  const { loaded, cases, result, answers, reveal } = options;
  const isShown = result.half === 'public' || reveal;
  const tolerance = toleranceLines(loaded.check, result, isShown);
  const own = casesOf(loaded.check).flatMap((name) => cases.get(name) ?? []);
  return [
    ...blockOf('answers', answers),
    ...blockOf('tolerance', tolerance),
    ...blockOf(
      'expected and received, where they differ most',
      tolerance.length > 0 ? comparedLines(result, isShown) : [],
    ),
    ...own.flatMap((one) => [...callBlock(one, loaded.check), ...(isShown ? valueBlocks(one) : [])]),
  ];
}
