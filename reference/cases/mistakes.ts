import type { Argument } from '../../grader/format/call-plan.ts';
import { shapes } from './pictures.ts';
import { shapesModel } from '../lib/models/shapes-classifier.ts';
import { shapeClassNames } from '../lib/shapes/shape-classes.ts';
import { misclassifiedSeed } from '../lib/misclassified.ts';

/** Drawn shapes that the embedded networks get wrong, as the `misclassified` of the drivers finds them. */
export interface KnownMistake {
  readonly model: 'standard' | 'robust';
  /** Number of the picture in the stream. */
  readonly index: number;
  readonly actual: (typeof shapeClassNames)[number];
  readonly predicted: (typeof shapeClassNames)[number];
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
