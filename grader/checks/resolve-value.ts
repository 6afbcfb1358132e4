import type { Selector } from '../format/selector.ts';
import { sizeOf, type TensorData } from '../format/tensor-data.ts';
import { describeValue, kindOfValue, scalarOrTensor, valueAt, type ValueTree } from '../format/value-tree.ts';
import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';
import { outcomeOf, verdictOnFailure } from './verdict-on-failure.ts';

/** Which value of which case is wanted. */
export interface ValueOf {
  readonly case: string;
  readonly value: Selector;
}

export type Resolved =
  { readonly ok: true; readonly tensor: TensorData } | { readonly ok: false; readonly verdict: Verdict };

/** What a closeness is judged of: what the reference returned, and nothing else. */
export type WantedForm = 'a tensor' | 'a number' | 'a list of numbers';

/** What a check can judge: one of these, or whatever holds numbers. */
export type Wanted = WantedForm | 'a tensor or numbers';

const failed = (summary: string, details: readonly string[] = [summary]): Resolved => ({
  ok: false,
  verdict: { outcome: 'failed', kind: 'form', summary, details },
});

/**
 * The values that a selector points at in what the submission returned, as one tensor; else the verdict on what is
 * there instead.
 * @param options.called what the student reads for them: `the saliency map`
 */
export function receivedValue(
  evidence: Evidence,
  { case: caseId, value: selector }: ValueOf,
  options: { readonly wanted: Wanted; readonly called?: string },
): Resolved {
  const outcome = outcomeOf(evidence, caseId, selector.call);
  if (outcome.kind !== 'returned') return { ok: false, verdict: verdictOnFailure(outcome) };
  if (selector.gradient) {
    const tensor = outcome.gradient === undefined ? undefined : outcome.tensors[outcome.gradient];
    return tensor ? { ok: true, tensor } : failed('no gradient came back');
  }
  const { wanted, called } = options;
  const value = valueAt(outcome.value, selector.path ?? []);
  const tensor = value && asWanted(value, outcome.tensors, wanted);
  if (tensor) return { ok: true, tensor };
  const place = selector.path?.length ? ` at ${selector.path.join('.')}` : '';
  const complaint =
    called === undefined
      ? `expected ${wanted}${place}, received`
      : `${called} should be ${wanted}; received${place}`;
  return failed(`${complaint} ${kindOfValue(value)}`, [`${complaint} ${describeValue(value)}`]);
}

function asWanted(
  value: ValueTree,
  tensors: Readonly<Record<string, TensorData>>,
  wanted: Wanted,
): TensorData | undefined {
  if (wanted === 'a tensor or numbers') return stacked(value, tensors);
  if (formOf(value) !== wanted) return undefined;
  return wanted === 'a list of numbers' ? stacked(value, tensors) : scalarOrTensor(value, tensors);
}

/** What a value is; undefined where it is nothing that a closeness can be judged of. */
function formOf(value: ValueTree): WantedForm | undefined {
  if ('tensor' in value) return 'a tensor';
  if ('number' in value) return 'a number';
  return 'list' in value && value.list.every((item) => 'number' in item) ? 'a list of numbers' : undefined;
}

/** More values than one answer can hold: a list that has them names the same tensor again and again. */
const MAX_VALUES = 2 ** 22;

/** A tensor as it is; a number or truth value as a scalar; a list of such as one more axis. */
function stacked(value: ValueTree, tensors: Readonly<Record<string, TensorData>>): TensorData | undefined {
  const shape = shapeOf(value, tensors);
  if (!shape || sizeOf(shape) > MAX_VALUES) return undefined;
  if (!('list' in value)) return scalarOrTensor(value, tensors);
  const data = new Float32Array(sizeOf(shape));
  let filled = 0;
  const fill = (item: ValueTree): void => {
    if ('list' in item) return item.list.forEach(fill);
    const leaf = scalarOrTensor(item, tensors)!.data;
    data.set(leaf, filled);
    filled += leaf.length;
  };
  fill(value);
  return { dtype: 'float32', shape, data };
}

/** The shape of {@link stacked}'s result, before a single value is copied; undefined where there is none. */
function shapeOf(
  value: ValueTree,
  tensors: Readonly<Record<string, TensorData>>,
): readonly number[] | undefined {
  if (!('list' in value)) return scalarOrTensor(value, tensors)?.shape;
  const shapes = value.list.map((item) => shapeOf(item, tensors));
  const [first] = shapes;
  if (!first || shapes.some((shape) => shape?.join() !== first.join())) return undefined;
  return [shapes.length, ...first];
}

/** The reference's tensor, number or list of numbers that a selector points at. @throws Error when the fixtures lack it */
export function expectedValue(
  evidence: Evidence,
  { case: caseId, value: selector }: ValueOf,
): { readonly tensor: TensorData; readonly wanted: WantedForm } {
  const expected = evidence.expected(caseId).get(selector.call);
  if (expected) {
    const value: ValueTree | undefined = selector.gradient
      ? expected.gradient === undefined
        ? undefined
        : { tensor: expected.gradient }
      : valueAt(expected.value, selector.path ?? []);
    const wanted = value && formOf(value);
    const tensor = wanted && stacked(value, expected.tensors);
    if (tensor) return { tensor, wanted };
  }
  throw new Error(`the fixtures hold no expected value for ${caseId}/${selector.call}`);
}
