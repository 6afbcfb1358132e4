import type { TensorData } from '../../../grader/format/tensor-data.ts';
import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { RecordedCase } from '../../fixtures/record.ts';
import type { ReferenceRun } from '../../fixtures/reference-run.ts';
import type { CaseWithArguments } from './answers.ts';
import { leavesOf, scalar } from './leaves.ts';

type Given = Extract<Argument, { given: unknown }>['given'];

/** Finds the tensors and numbers that the calls of a case are given; what given code makes is made for it. */
export async function withArguments(
  reference: ReferenceRun,
  recorded: RecordedCase,
): Promise<CaseWithArguments> {
  const { definition } = recorded;
  const made = new Map<string, readonly TensorData[]>();
  const make = async (given: Given): Promise<readonly TensorData[]> => {
    const key = JSON.stringify(given);
    const known = made.get(key);
    if (known) return known;
    const call: Call = { id: 'made', module: given.module, export: given.export, args: [...given.args] };
    const plan = { id: definition.id, calls: [], derived: [call] };
    const outcome = (await reference.derive(plan, definition.inputs, new Map())).get('made');
    const leaves = outcome?.kind === 'returned' && 'tensor' in outcome.value ? leavesOf(outcome) : [];
    made.set(key, leaves);
    return leaves;
  };
  const visit = async (argument: Argument): Promise<readonly TensorData[]> => {
    if ('tensor' in argument) return [definition.inputs[argument.tensor]];
    if ('number' in argument) return [scalar('float32', argument.number)];
    if ('result' in argument) return leavesOf(recorded.calls.get(argument.result.call)!);
    if ('list' in argument) return visitAll(argument.list);
    if ('record' in argument) return visitAll(Object.values(argument.record));
    return 'given' in argument && !takesResults(argument) ? make(argument.given) : [];
  };
  const visitAll = async (all: readonly Argument[]): Promise<TensorData[]> => {
    const found: TensorData[] = [];
    for (const argument of all) found.push(...(await visit(argument)));
    return found;
  };
  const argumentsOf = new Map<string, readonly TensorData[]>();
  for (const call of definition.calls) argumentsOf.set(call.id, await visitAll(call.args));
  return { recorded, argumentsOf };
}

/** Whether what given code makes of it depends on what a call returned. */
function takesResults(argument: Argument): boolean {
  if ('list' in argument) return argument.list.some(takesResults);
  if ('record' in argument) return Object.values(argument.record).some(takesResults);
  return 'given' in argument ? argument.given.args.some(takesResults) : 'result' in argument;
}
