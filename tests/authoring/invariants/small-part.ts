import { join } from 'node:path';
import { RecordedPart } from '../../../authoring/invariants/recorded-part.ts';
import type { Returned } from '../../../authoring/fixtures/record.ts';
import type {
  AssignmentDefinition,
  CaseDefinition,
  CheckDefinition,
  PartDefinition,
} from '../../../grader/assignment/define.ts';
import type { Call } from '../../../grader/format/call-plan.ts';
import type { TensorData } from '../../../grader/format/tensor-data.ts';
import { floats } from '../../../grader/format/literals.ts';
import { ROOT } from '../../../repository.ts';
import { brightnessPart } from '../../pipeline/data/brightness/part.ts';

const DIRECTORY = 'tests/pipeline/data/brightness';
export const RUBRIC = `${DIRECTORY}/rubric.ts`;
export const CASES = `${DIRECTORY}/cases.ts`;

const brightness = brightnessPart('trial');
/** Its one case and its one check, which are right. */
export const [gray] = brightness.cases;
export const [value] = brightness.checks;

export function smallPart(change: Partial<PartDefinition> = {}): PartDefinition {
  return { ...brightness, directory: join(ROOT, DIRECTORY), ...change };
}

export function smallAssignment(part: Partial<PartDefinition> = {}): AssignmentDefinition {
  return {
    id: 'trial',
    title: 'Trial',
    seed: 'trial',
    points: 1,
    policy: {},
    alsoAllowed: [],
    parts: [smallPart(part)],
  };
}

/** The case with another call. */
export function grayWith(call: Partial<Call>): CaseDefinition {
  return { ...gray, calls: [{ ...gray.calls[0], ...call }] };
}

/** The check with other fields, of whatever kind. */
export function checkWith(fields: object): CheckDefinition {
  return { ...value, ...fields } as CheckDefinition;
}

/** That a call returned one tensor. */
export function returned(tensor: TensorData): Returned {
  return { kind: 'returned', value: { tensor: 't' }, tensors: { t: tensor }, seconds: 0 };
}

/** Three pixels of two images, each unlike the other. */
export const twoImages = floats([2, 3], [1, 2, 3, 4, 6, 5]);

/** A part that was recorded on one case, whose calls get `images` and returned what is said here, by their ids. */
export function recordedPart(options: {
  readonly inputs?: Readonly<Record<string, TensorData>>;
  readonly calls: Readonly<Record<string, TensorData>>;
  readonly checks: readonly CheckDefinition[];
  readonly constant?: boolean;
}): RecordedPart {
  const { inputs = { images: twoImages }, calls, checks, constant = false } = options;
  const [argument] = Object.keys(inputs);
  const definition: CaseDefinition = {
    ...gray,
    id: 'batch',
    constant,
    inputs,
    calls: Object.keys(calls).map((id, i) => ({
      ...gray.calls[0],
      id,
      args: [{ tensor: argument }, { number: i }],
    })),
  };
  const part = smallPart({ cases: [definition], checks });
  const outcomes = Object.entries(calls).map(([id, tensor]) => [id, returned(tensor)] as const);
  const texts = new Map(Object.keys(part.files).map((path) => [path, '']));
  return new RecordedPart(part, [{ part, definition, calls: new Map(outcomes), given: new Map() }], {
    template: texts,
    solution: texts,
  });
}

/** That the result of a call is close to the recorded one. */
export function closeCheck(id: string, fields: object = {}): CheckDefinition {
  return checkWith({ id, case: 'batch', value: { call: id }, ...fields });
}
