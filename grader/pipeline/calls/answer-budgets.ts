import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedCase, LoadedPart } from '../../assignment/loaded.ts';
import type { ExpectedCall } from '../../checks/evidence.ts';
import { MiB } from '../../format/units.ts';
import type { ValueTree } from '../../format/value-tree.ts';
import { readPngLayout } from '../../picture/png-layout.ts';
import type { AnswerBudget } from '../../protocol/answer-budget.ts';

/** So many times what is expected may come back: a wrong answer is to be judged, and explained where it can be. */
const TIMES_EXPECTED = 8;
/** A picture has sides of its own, and is far larger than what it shows. */
const TIMES_A_PICTURE = 2;
const LEAST_BYTES = 1 * MiB;
const MORE_TENSORS = 8;
/** Taken as expected where the fixtures hold only a part of what the reference returned, or nothing. */
const UNKNOWN = { bytes: 1 * MiB, tensors: 256 };
/** All answers of a part together, which are kept until they are judged. */
const LEAST_PART_BYTES = 16 * MiB;
const BYTES_OF_A_PIXEL = 3 * Float32Array.BYTES_PER_ELEMENT;

/** What the calls of a part may return. */
export interface AnswerBudgets {
  of(caseId: string, callId: string): AnswerBudget;
  /** Bytes of all that the submission answers together. */
  readonly partBytes: number;
}

/** The budgets of a part's calls, from the fixtures alone: what the reference returned, pictures, inputs. */
export function answerBudgets(part: LoadedPart): AnswerBudgets {
  const budgets = new Map<string, AnswerBudget>();
  let expectedBytes = 0;
  for (const [caseId, loadedCase] of part.cases) {
    const { calls, derived } = loadedCase.plan;
    for (const { id } of [...calls, ...derived]) {
      const budget = budgetOf(loadedCase, { call: id, picture: pictureOf(part, caseId, id) });
      budgets.set(`${caseId}/${id}`, budget);
    }
    for (const { id } of calls) expectedBytes += budgets.get(`${caseId}/${id}`)!.bytes / TIMES_EXPECTED;
  }
  return {
    of: (caseId, callId) => budgets.get(`${caseId}/${callId}`)!,
    partBytes: Math.max(LEAST_PART_BYTES, 2 * expectedBytes),
  };
}

/** The expected picture that a call's result is compared with, without `.png`. */
function pictureOf(part: LoadedPart, caseId: string, callId: string): string | undefined {
  for (const { check } of part.checks) {
    if (check.kind !== 'png-match' || check.case !== caseId) continue;
    if (check.image.call === callId && !check.image.path?.length) return check.picture;
  }
  return undefined;
}

function budgetOf(
  loadedCase: LoadedCase,
  { call, picture }: { readonly call: string; readonly picture: string | undefined },
): AnswerBudget {
  if (picture !== undefined) {
    const bytes = bytesOfPicture(join(loadedCase.directory, `${picture}.png`));
    return budgetFor({ bytes, tensors: 1 }, TIMES_A_PICTURE);
  }
  const expected = sizeOfExpected(loadedCase.expected().get(call));
  if (expected) return budgetFor(expected, TIMES_EXPECTED);
  // The inputs of the case, and not what the submission made of them, which is as large as it likes.
  const inputs = Object.values(loadedCase.inputs());
  const inputBytes = inputs.reduce((sum, { data }) => sum + data.byteLength, 0);
  return {
    bytes: TIMES_EXPECTED * Math.max(UNKNOWN.bytes, inputBytes),
    tensors: UNKNOWN.tensors + inputs.length,
  };
}

function budgetFor(expected: NonNullable<AnswerBudget['expected']>, times: number): AnswerBudget {
  const bytes = Math.max(LEAST_BYTES, times * expected.bytes);
  return { bytes, tensors: expected.tensors + MORE_TENSORS, expected };
}

/** From the header alone. */
function bytesOfPicture(path: string): number {
  const { width, height } = readPngLayout(readFileSync(path));
  return width * height * BYTES_OF_A_PIXEL;
}

/** What the reference returned in one call; undefined unless all of it is in the fixtures. */
function sizeOfExpected(call: ExpectedCall | undefined): { bytes: number; tensors: number } | undefined {
  if (!call) return undefined;
  const names = new Set(call.gradient === undefined ? [] : [call.gradient]);
  if (!nameTensors(call.value, names)) return undefined;
  const bytes = [...names].reduce((sum, name) => sum + call.tensors[name].data.byteLength, 0);
  return { bytes, tensors: names.size };
}

/** Adds the names of a value's tensors; false where something of the value was not stored. */
function nameTensors(value: ValueTree, names: Set<string>): boolean {
  if ('tensor' in value) names.add(value.tensor);
  if ('list' in value) return value.list.every((item) => nameTensors(item, names));
  if ('record' in value) return Object.values(value.record).every((item) => nameTensors(item, names));
  return !('other' in value);
}
