import type { NamedTensorMap } from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { shapeClassNames } from '../shapes/shape-classes.ts';
import { squeezenet } from './squeezenet.ts';
import type { SqueezenetOptions } from './squeezenet.ts';

/** What an embedded network is, apart from its weights. */
export const shapesModel: Omit<SqueezenetOptions, 'name'> = {
  version: '1.1',
  classNames: shapeClassNames,
  inputSize: 128,
};

/** An embedded network from its weights, for whoever has them already; see `embedded.ts` for the rest. */
export function shapesClassifier(weights: NamedTensorMap, name: string): Classifier {
  return squeezenet(weights, { ...shapesModel, name });
}
