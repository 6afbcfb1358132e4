import type { ExpectedCall } from '../../grader/checks/evidence.ts';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import type { Call } from '../../grader/format/call-plan.ts';
import { withRespectTo } from './call-as-code.ts';
import { describeValue, type ValueTree } from '../../grader/format/value-tree.ts';

/** A tensor of at most so many values is written out. */
const FEW = 12;

const short = (value: number): string => String(Number(value.toPrecision(6)));

/** `float32 [2,8,8,3], -1.2 to 3.4, mean 0.1`; few values are written out. */
export function describeTensor({ dtype, shape, data }: TensorData): string {
  const form = `${dtype} [${shape.join(',')}]`;
  if (data.length === 0) return form;
  if (data.length <= FEW) return `${form} ${Array.from(data, short).join(', ')}`;
  let [lowest, highest, sum] = [Infinity, -Infinity, 0];
  for (const value of data) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
    sum += value;
  }
  const range = lowest === highest ? `all ${short(lowest)}` : `${short(lowest)} to ${short(highest)}`;
  return `${form}, ${range}, mean ${short(sum / data.length)}`;
}

function lines(name: string, value: ValueTree, tensors: ExpectedCall['tensors']): string[] {
  if ('tensor' in value) {
    const tensor = tensors[value.tensor];
    return [`${name}: ${tensor ? describeTensor(tensor) : 'not kept'}`];
  }
  if ('list' in value) return value.list.flatMap((item, i) => lines(`${name}[${i}]`, item, tensors));
  if ('record' in value) {
    return Object.entries(value.record).flatMap(([key, item]) => lines(`${name}.${key}`, item, tensors));
  }
  // Where only the gradient is compared, the value was not kept.
  return 'other' in value ? [] : [`${name}: ${describeValue(value)}`];
}

/** What the reference returned for a call, a line for each tensor or number in it, and its gradient. */
export function describeExpected(call: Call | undefined, name: string, expected: ExpectedCall): string[] {
  const { value, tensors, gradient } = expected;
  const of = gradient === undefined ? undefined : tensors[gradient];
  return [
    ...lines(name, value, tensors),
    ...(of ? [`${name}, gradient ${withRespectTo(call)}: ${describeTensor(of)}`] : []),
  ];
}
