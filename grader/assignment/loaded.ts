import type { ExpectedCall } from '../checks/evidence.ts';
import type { Check } from '../checks/index.ts';
import type { CasePlan } from '../format/call-plan.ts';
import type { GivenValue } from '../format/given-value.ts';
import type { TensorData } from '../format/tensor-data.ts';
import type { KnownMistakes } from '../mistakes/known-mistakes.ts';
import type { Policy } from './policy.ts';
import type { CompiledPart } from './schema.ts';
import type { Half } from './half.ts';

/** A case with the place of its data. */
export interface LoadedCase {
  readonly plan: CasePlan;
  readonly half: Half;
  readonly directory: string;
  readonly inputs: () => Record<string, TensorData>;
  /** What given code makes for it whatever is submitted, as far as it was stored, by {@link keyOfGiven}. */
  readonly given: () => ReadonlyMap<string, GivenValue>;
  readonly expected: () => ReadonlyMap<string, ExpectedCall>;
}

export interface LoadedCheck {
  readonly check: Check;
  readonly half: Half;
}

export interface LoadedPart extends Pick<CompiledPart, 'id' | 'title' | 'group' | 'solutionFiles'> {
  /** Path of each document in the template to the file with the reference's copy, where the private half is there. */
  readonly documents: ReadonlyMap<string, string | undefined>;
  readonly cases: ReadonlyMap<string, LoadedCase>;
  readonly checks: readonly LoadedCheck[];
  /** What wrong solutions that are known return, by half; read when it is asked for, undefined where none are known. */
  readonly knownMistakes: Readonly<Partial<Record<Half, () => KnownMistakes | undefined>>>;
}

export interface Assignment {
  readonly id: string;
  readonly title: string;
  readonly seed: string;
  readonly allow: readonly string[];
  readonly policy: Policy;
  readonly parts: readonly LoadedPart[];
}
