import type { Raster } from '../picture/index.ts';

/** Pictures that explain a failed comparison. */
export interface VerdictPictures {
  readonly expected: Raster;
  readonly received: Raster;
  readonly difference?: Raster;
}

/** What a check found, before it is known who will read it. */
export type Verdict =
  | { readonly outcome: 'passed'; readonly note?: string; readonly measure?: Measure }
  | {
      readonly outcome: 'failed';
      /** Says what kind of thing is wrong and no value; all that is shown of a private case. */
      readonly summary: string;
      /** The whole story, for public cases. */
      readonly details: readonly string[];
      readonly pictures?: VerdictPictures;
      readonly measure?: Measure;
      /** The code never got as far as what the check is about, so its hint would lead astray. */
      readonly withoutHint?: true;
    }
  | {
      readonly outcome: 'not-attempted';
      /** Default: that a function still throws NotImplementedError. */
      readonly message?: string;
    }
  | { readonly outcome: 'errored'; readonly message: string };

/** How much of its tolerance a comparison used: 1 is the limit. Calibration reads it. */
export interface Measure {
  readonly used: number;
  readonly relativeError?: number;
}
