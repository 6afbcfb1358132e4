import type { Argument } from '../../grader/format/call-plan.ts';
import type { ImageRequest, LabelledImages, NetworkRole } from './network-role.ts';

/** An image that a network takes for one class and that is to be explained, or changed, for another. */
export interface MistakeRole {
  readonly model: Argument;
  /** Preprocessed, `[1, H, W, 3]`. */
  readonly image: Argument;
  /** The class that the network sees. */
  readonly predicted: number;
  readonly predictedName: string;
  /** The true class where it is known, else the one that the network sees second. */
  readonly actual: number;
  readonly actualName: string;
  /** Whether `actual` is the truth. */
  readonly isTrue: boolean;
  /** How titles of checks speak of it, such as `the arrow that it took for a heart`. */
  readonly words: string;
}

/** How a change of an image is looked for; the contract of that part says what each is. */
export interface ChangeOptions {
  readonly penalty: number;
  readonly steps: number;
  readonly learningRate: number;
}

/**
 * Two networks of the same classes, for the parts that compare them: one that learnt as usual, and one that learnt
 * otherwise, such as on adversarial examples.
 */
export interface PairRole {
  /** Whether both are a course's own, and not those that come with it. */
  readonly isOwn: boolean;
  /** What calls may take that look into a network many times; as all others where it is missing. */
  readonly longCall?: { readonly timeLimit: number };
  /** How titles of checks speak of them. */
  readonly words: { readonly standard: string; readonly robust: string };
  readonly standard: NetworkRole;
  readonly robust: NetworkRole;
  /** Images, each with a class that need not be the one that a network sees there. */
  imagesFor(request: ImageRequest): LabelledImages;
  /** Images whose integrated gradients many steps make complete on one of the networks, and a single one does not. */
  imagesToComplete(which: 'standard' | 'robust', request: ImageRequest): LabelledImages;
  readonly mistakes: {
    readonly first: MistakeRole;
    readonly second: MistakeRole;
    /** Of the robust network. */
    readonly robust: MistakeRole;
  };
  /** What changes each of these mistakes; of the second one, at a low price and at a high one. */
  readonly changes: {
    readonly first: ChangeOptions;
    readonly cheap: ChangeOptions;
    readonly dear: ChangeOptions;
    readonly robust: ChangeOptions;
  };
  /** Of these images, integrated gradients of 24 steps sum to the difference of the scores up to this share of it. */
  readonly completeUpTo: number;
}
