import type { MappedPair } from '../numeric/index.ts';
import type { Raster } from '../picture/index.ts';

/** Pictures that explain a failed comparison. */
export interface VerdictPictures {
  readonly expected: Raster;
  readonly received: Raster;
  readonly difference?: Raster;
}

/**
 * What kind of failure it is; a hint belongs to the failure, and a private check tells a student no more than this.
 * `no-result`: the call threw, hung or was stopped; `not-finite`: NaN or an infinity came back; `form`: something of
 * another shape or type; `values`: numbers that are not right. Two more depend on no input of a private case:
 * `not-callable`: there is nothing to call, as in code that does not compile; `own-text`: what the check itself says,
 * such as a line of the source.
 */
export type FailureKind = 'no-result' | 'not-finite' | 'form' | 'values' | 'not-callable' | 'own-text';

/** What a check found, before it is known who will read it. */
export type Verdict =
  | { readonly outcome: 'passed'; readonly note?: string; readonly measure?: Measure }
  | {
      readonly outcome: 'failed';
      readonly kind: FailureKind;
      /** Says what kind of thing is wrong and no value. */
      readonly summary: string;
      /** The whole story, for public cases. */
      readonly details: readonly string[];
      /** The one simple cause that explains the values, for public cases; it stands in place of the author's hint. */
      readonly diagnosis?: string;
      /** The share of the points that is earned all the same, between 0 and 1: half right is not all wrong. */
      readonly share?: number;
      readonly pictures?: VerdictPictures;
      /** What was compared, where it was tensors. */
      readonly tensors?: MappedPair;
      readonly measure?: Measure;
    }
  | {
      readonly outcome: 'not-attempted';
      /** Default: that a function still throws NotImplementedError. */
      readonly message?: string;
    }
  /** What the check builds on is not there, so it says nothing of the student's work. */
  | { readonly outcome: 'skipped'; readonly message: string }
  | { readonly outcome: 'errored'; readonly message: string };

/** How much of its tolerance a comparison used: 1 is the limit. Calibration reads it. */
export interface Measure {
  readonly used: number;
  readonly relativeError?: number;
}
