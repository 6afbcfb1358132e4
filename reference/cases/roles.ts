import type { Argument } from '../../grader/format/call-plan.ts';
import type { ImageRequest, LabelledImages, NetworkRole } from './network-role.ts';
import type { PairRole } from './pair-role.ts';

/** A class that gradient ascent reaches. */
export interface ClimbRole {
  readonly target: number;
  /** Height and width of the image in pixels; default: as the network takes them. */
  readonly size?: number;
  readonly iterations: number;
  /** By how much the score rises at least. */
  readonly rise: number;
  /** Total variation of the image at the end, at most; without blur and jitter there is more. */
  readonly variation: number;
}

/** What `styleTransfer` is asked for, but the image to start from; its contract says what each is. */
export interface TransferOptions {
  readonly contentLayer: number;
  readonly contentWeight: number;
  readonly styleLayers: readonly number[];
  readonly styleWeights: readonly number[];
  readonly tvWeight: number;
  readonly schedule: {
    readonly steps: number;
    readonly learningRate: number;
    readonly decayedRate: number;
    readonly decayFrom: number;
    readonly clampUntil: number;
    readonly limit: number;
  };
}

/** A content and a style image with layers, weights and schedule. */
export interface TransferRole {
  readonly content: Argument;
  readonly style: Argument;
  readonly options: TransferOptions;
}

/** What tells a style transfer that went to its end from one that did not. */
export interface TransferBounds {
  /** The loss of the last step over that of the first, at most. */
  readonly loss: number;
  /** Every value of the image lies within so much of 0. */
  readonly range: number;
  /** Distance of the result's style statistics from the style image's, relative to these, at most. */
  readonly style: number;
  /** Correlation of the result's activation with the content image's, at least. */
  readonly content: number;
}

/**
 * The parts in which networks and pictures appear in the cases. Cases name a role; which network,
 * picture or class plays it is said in one place, for the embedded networks in `embedded-roles.ts`. What needs no
 * particular network, such as the models with closed forms, is no role.
 */
export interface Roles {
  /** How titles of checks speak of them. */
  readonly words: {
    /** Of the explained network, such as `the embedded network`. */
    readonly network: string;
    /** Of the images that are shown, such as `five shapes`. */
    readonly shown: string;
  };
  /** What calls may take that look into a network many times, or draw what it saw; as all others where it is missing. */
  readonly longCall?: { readonly timeLimit: number };
  /** The network that is looked into. */
  readonly explained: NetworkRole;
  /** One of the same classes that learnt otherwise, where there is one; else the explained one again. */
  readonly alternative: NetworkRole;
  /** Five images that the explained network gets right as far as that is known, for pictures that are looked at. */
  readonly shown: {
    /** All at once, or one by one where a larger batch would take more memory than a grader has. */
    readonly batches: readonly LabelledImages[];
    /** Of all images. */
    readonly classNames: Argument;
  };
  /** Other images, each with a class that need not be the one the network sees there. */
  imagesFor(request: ImageRequest): LabelledImages;
  /** The network whose classes are climbed. */
  readonly climbed: NetworkRole;
  /** From an image to a class, the image after each of these iterations. */
  readonly film: {
    readonly start: Argument;
    readonly target: number;
    readonly iterations: readonly number[];
  };
  readonly climb: ClimbRole;
  /** The network whose features content and style are made of. */
  readonly painting: Argument;
  /** What the losses of style transfer compare. */
  readonly losses: {
    readonly content: {
      readonly weight: number;
      readonly layer: number;
      readonly current: Argument;
      readonly original: Argument;
    };
    readonly style: {
      readonly layers: readonly number[];
      readonly weights: readonly number[];
      readonly current: Argument;
      readonly style: Argument;
    };
    readonly variation: { readonly image: Argument; readonly weight: number };
  };
  readonly transfer: {
    /** A few steps, exactly. */
    readonly short: TransferRole;
    /** The loss at another image. */
    readonly layers: TransferRole & { readonly image: Argument };
    /** To the end, by what holds of the result. */
    readonly whole: TransferRole & { readonly bounds: TransferBounds };
  };
  /** What groups C and D look into where they need two networks, or images that a network gets wrong. */
  readonly pair: PairRole;
}
