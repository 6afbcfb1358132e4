import type { CheckDefinition } from '../checks/index.ts';
import type { TensorData } from '../format/tensor-data.ts';
import type { Half } from '../assignment/half.ts';
import type { CasePlan } from '../format/call-plan.ts';
import type { ValueTree } from '../format/value-tree.ts';

/** A case with its data; what is expected is worked out here by hand, not by any solution. */
export interface SelfTestCase {
  readonly plan: CasePlan;
  readonly visibility: Half;
  readonly inputs: Readonly<Record<string, TensorData>>;
  readonly tensors: Readonly<Record<string, TensorData>>;
  readonly expected: Readonly<Record<string, { readonly value: ValueTree; readonly gradient?: string }>>;
  /** Pictures `[H, W, 3]` by name. */
  readonly pictures?: Readonly<Record<string, TensorData>>;
}

export interface SelfTestPart {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly path: string;
  readonly functions: readonly string[];
  readonly cases: readonly SelfTestCase[];
  readonly checks: readonly (CheckDefinition & { readonly visibility: Half })[];
}

/** The arithmetic of the self-test has no room for rounding beyond float32's own. */
export const EXACT = { atol: 1e-6, rtol: 1e-6 };
