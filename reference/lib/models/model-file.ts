import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import type { NamedTensorMap } from '@tensorflow/tfjs';
import type { Classifier } from '../../contract/classifier.ts';
import { readSafetensors } from './safetensors.ts';
import type { StoredTensors } from './safetensors.ts';
import { squeezenet } from './squeezenet.ts';
import type { SqueezenetOptions } from './squeezenet.ts';

/** A classifier whose weights were read from a file and are its own. */
export interface LoadedClassifier extends Classifier {
  /** Frees the weights; the classifier cannot be used afterwards. */
  dispose(): void;
}

/** What {@link SqueezenetOptions} look like among the texts of a safetensors file. */
export function describeModel(options: SqueezenetOptions): Record<string, string> {
  return {
    architecture: 'squeezenet',
    version: options.version,
    name: options.name,
    inputSize: String(options.inputSize),
    classNames: JSON.stringify(options.classNames),
  };
}

/**
 * The classifier that a safetensors file holds: weights by torchvision's names and, as metadata, what
 * {@link describeModel} writes.
 *
 * @throws Error when the file is not a model or its weights do not fit together.
 */
export function classifierOf({ tensors, metadata }: StoredTensors): LoadedClassifier {
  const { architecture, version, name, inputSize, classNames } = metadata;
  if (architecture !== 'squeezenet' || (version !== '1.0' && version !== '1.1')) {
    throw new Error(`expected a SqueezeNet 1.0 or 1.1, got architecture ${architecture}, version ${version}`);
  }
  const names = JSON.parse(classNames ?? '[]') as string[];
  const weights: NamedTensorMap = {};
  for (const [key, { shape, data }] of Object.entries(tensors)) {
    weights[key] = tf.keep(tf.tensor(data, [...shape], 'float32'));
  }
  const dispose = (): void => tf.dispose(weights);
  try {
    return {
      ...squeezenet(weights, { version, name, inputSize: Number(inputSize), classNames: names }),
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** Reads a model file. @throws Error naming the file when it cannot be read or is not a model. */
export function loadModelFile(path: string): LoadedClassifier {
  try {
    return classifierOf(readSafetensors(readFileSync(path)));
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
  }
}
