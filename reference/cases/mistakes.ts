import type { Argument } from '../../grader/format/call-plan.ts';
import { misclassifiedSeed } from '../lib/misclassified.ts';
import type { EmbeddedModel } from '../lib/models/embedded.ts';
import { shapesModel } from '../lib/models/shapes-classifier.ts';
import { shapeClassNames } from '../lib/shapes/shape-classes.ts';
import { shapes } from './pictures.ts';

/** A drawn shape that an embedded network gets wrong, as the `misclassified` of the drivers finds it. */
export interface KnownMistake {
  readonly model: EmbeddedModel;
  /** Number of the picture in the stream. */
  readonly index: number;
  /** Names of classes. */
  readonly actual: string;
  readonly predicted: string;
}

export const mistakes = {
  arrow: { model: 'standard', index: 110, actual: 'arrow', predicted: 'heart' },
  disc: { model: 'standard', index: 314, actual: 'disc', predicted: 'heart' },
  ring: { model: 'robust', index: 403, actual: 'ring', predicted: 'crescent' },
} as const satisfies Readonly<Record<string, KnownMistake>>;

export const labelOf = (name: string): number => shapeClassNames.indexOf(name);

/** The preprocessed picture, `[1, H, W, 3]`. */
export function mistakeImage({ index }: KnownMistake): Argument {
  return shapes({ seed: misclassifiedSeed, start: index, count: 1, size: shapesModel.inputSize });
}
