import type { ExpectedCall } from '../../grader/checks/evidence.ts';
import { loadAssignment } from '../../grader/assignment/load.ts';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import { selectParts } from '../../grader/pipeline/select-parts.ts';
import { compareCall, isComparable, type ComparedCall } from './compare-call.ts';
import { onlyCalls, oracleCase, type OracleCase } from './oracle-plan.ts';
import { givenPictures, submittedResults } from './run-cases.ts';
import { runTorch } from './run-torch.ts';
import { withStagedCode } from './staged-code.ts';

/** What PyTorch computed of an assignment. */
export interface OracleReport {
  /** Of PyTorch. */
  readonly torch: string;
  readonly calls: readonly ComparedCall[];
  /** Calls that PyTorch could compute and that nothing is known of to compare with. */
  readonly unknown: number;
  /** Cases with calls that PyTorch does not compute, by part and name. */
  readonly leftOut: readonly string[];
}

/** What is compared, and who is told how far it is. */
export interface OracleOptions {
  /** Folders of the compiled assignment. */
  readonly halves: readonly string[];
  /** The students' template that belongs to it. */
  readonly template: string;
  /** A right submission whose own results are compared. Default: what the fixtures hold of results, which is less. */
  readonly submission?: string;
  /** Ids, or names of submitted files; default: all. */
  readonly parts?: readonly string[];
  readonly onBegin?: (cases: number) => void;
  readonly onCase?: (done: number, name: string) => void;
}

/**
 * Computes a compiled assignment in PyTorch and compares.
 *
 * @throws UsageError where there is no such part, GraderError where PyTorch is missing or fails
 */
export async function compareWithTorch(options: OracleOptions): Promise<OracleReport> {
  const { halves, template, parts, onBegin, onCase } = options;
  const assignment = loadAssignment(halves);
  const { parts: wanted } = selectParts(assignment, parts);
  const all = wanted.flatMap(({ id, cases }) => [...cases.values()].map((one) => ({ part: id, one })));
  const cases = all.flatMap(({ part, one }) => oracleCase(part, one) ?? []);
  onBegin?.(cases.length);
  const { tensors, known } = await inTypeScript(cases, { ...options, allow: assignment.allow });
  const isKnown = (one: number, call: string): boolean => {
    const expected = known[one].get(call);
    return expected !== undefined && isComparable(expected);
  };
  const needed = cases.map((one, i) => onlyCalls(one, (call) => isKnown(i, call)));
  const made = await runTorch({ cases: needed, tensors, template, onCase });
  const calls = cases.flatMap(({ id, calls }, i) =>
    calls
      .filter((call) => isKnown(i, call.id))
      .map((call) =>
        compareCall({
          id: `${id}/${call.id}`,
          name: call.export,
          expected: known[i].get(call.id)!,
          made: made.cases[i].calls[call.id],
          tensors: made.tensors,
        }),
      ),
  );
  const computed = new Set(cases.map(({ id }) => id));
  return {
    torch: made.torch,
    calls,
    unknown: cases.reduce((sum, one) => sum + one.calls.length, 0) - calls.length,
    leftOut: all.map(({ part, one }) => `${part}/${one.plan.id}`).filter((id) => !computed.has(id)),
  };
}

/** The inputs of cases, by case and name, and what is known of each case's results. */
async function inTypeScript(
  cases: readonly OracleCase[],
  {
    template,
    submission,
    allow,
  }: Pick<OracleOptions, 'template' | 'submission'> & { allow: readonly string[] },
): Promise<{ tensors: Record<string, TensorData>; known: ReadonlyMap<string, ExpectedCall>[] }> {
  const tensors: Record<string, TensorData> = {};
  const known: ReadonlyMap<string, ExpectedCall>[] = [];
  const pictures = cases.flatMap((one) => one.pictures.map(({ call }) => call));
  const submitted = submission === undefined ? [] : cases.flatMap((one) => one.loaded.plan.calls);
  await withStagedCode({ template, submission, allow, calls: [...pictures, ...submitted] }, async (code) => {
    for (const one of cases) {
      Object.assign(tensors, await givenPictures(one, code));
      for (const [name, tensor] of Object.entries(one.loaded.inputs())) tensors[`${one.id}/${name}`] = tensor;
      known.push(submission === undefined ? one.loaded.expected() : await submittedResults(one, code));
    }
  });
  return { tensors, known };
}
