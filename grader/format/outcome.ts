import type { TensorData } from './tensor-data.ts';
import type { Observation } from './messages.ts';
import type { ValueTree } from './value-tree.ts';

/** Why a call brought nothing to judge. */
export type FailureReason =
  | 'not-implemented'
  | 'threw'
  | 'missing-function'
  | 'not-differentiable'
  | 'wrong-result'
  /** What is passed on to given code holds NaN or an infinity. */
  | 'not-finite'
  | 'time-out'
  | 'ended'
  | 'memory'
  | 'violation'
  | 'does-not-compile'
  | 'not-reached'
  /** The part had been stopped before. */
  | 'not-run';

/** What became of one call of a plan. */
export type CallOutcome =
  | {
      readonly kind: 'returned';
      readonly value: ValueTree;
      readonly tensors: Readonly<Record<string, TensorData>>;
      /** Name of the gradient among the tensors. */
      readonly gradient?: string;
      readonly observed?: Observation;
      readonly seconds: number;
    }
  | {
      readonly kind: 'failed';
      readonly reason: FailureReason;
      /** In plain words, free of anything the student's code said or printed. */
      readonly summary: string;
      /** What the student's code said; shown for public cases only. */
      readonly details: readonly string[];
    }
  | { readonly kind: 'errored'; readonly message: string };

/** The outcomes of one case, by call id; derived calls included. */
export type CaseOutcomes = ReadonlyMap<string, CallOutcome>;
