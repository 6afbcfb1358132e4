import type { ExpectedCall } from '../../grader/checks/evidence.ts';
import type { Call } from '../../grader/format/call-plan.ts';
import { GraderError } from '../../grader/format/errors.ts';
import type { CallOutcome } from '../../grader/format/outcome.ts';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import { executeCase } from '../../grader/pipeline/calls/execute.ts';
import { TemplateWeights } from '../../grader/pipeline/calls/template-weights.ts';
import type { OracleCase } from './oracle-plan.ts';
import type { StagedCode } from './staged-code.ts';

type Returned = Extract<CallOutcome, { kind: 'returned' }>;

/** Makes calls on the inputs of a case, as the grader makes them. */
async function outcomesOf(
  { id, loaded }: OracleCase,
  calls: readonly Call[],
  { process, directory }: StagedCode,
): Promise<ReadonlyMap<string, Returned>> {
  const outcomes = await executeCase({
    loadedCase: { ...loaded, plan: { id: loaded.plan.id, calls: [...calls], derived: [] } },
    submission: process,
    given: () => process,
    weights: new TemplateWeights(directory),
  });
  const returned = new Map<string, Returned>();
  for (const [name, outcome] of outcomes) {
    if (outcome.kind !== 'returned') {
      throw new GraderError(
        `${id}: ${name} ${outcome.kind === 'failed' ? outcome.summary : outcome.message}`,
      );
    }
    returned.set(name, outcome);
  }
  return returned;
}

/**
 * The pictures that a case takes from given code of the template.
 *
 * @returns by case and name, as in `saliency-map/network/given-0`
 */
export async function givenPictures(one: OracleCase, code: StagedCode): Promise<Record<string, TensorData>> {
  const made = await outcomesOf(
    one,
    one.pictures.map(({ call }) => call),
    code,
  );
  return Object.fromEntries(
    [...made].map(([name, { value, tensors }]) => {
      if ('tensor' in value) return [`${one.id}/${name}`, tensors[value.tensor]];
      throw new GraderError(`${one.id}: given code returned no tensor for ${name}`);
    }),
  );
}

/** What a submission returns for the calls of a case, in full. */
export function submittedResults(
  one: OracleCase,
  code: StagedCode,
): Promise<ReadonlyMap<string, ExpectedCall>> {
  return outcomesOf(one, one.loaded.plan.calls, code);
}
