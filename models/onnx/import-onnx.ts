import * as tf from '@tensorflow/tfjs';
import { sha256 } from '../../grader/format/sha256.ts';
import { classifierOf, describeModel } from '../../reference/lib/models/model-file.ts';
import { writeSafetensors } from '../../reference/lib/models/safetensors.ts';
import type { SqueezenetVersion } from '../../reference/lib/models/squeezenet.ts';
import { numberedClasses } from '../../reference/lib/models/numbered-classes.ts';
import { readOnnx } from './graph.ts';
import { matchSqueezenet } from './match-squeezenet.ts';

export interface ImportedModel {
  /** A model file as `model-file.ts` reads it. */
  readonly bytes: Uint8Array;
  readonly version: SqueezenetVersion;
  readonly classes: number;
  /** What was found, for a person. */
  readonly summary: string;
}

/**
 * Turns an ONNX file of a SqueezeNet into a model file, and runs the result once: its 13 features must have the
 * shapes that the graph's own operations give.
 *
 * @param classNames Default: `class 0`, `class 1`, ...
 * @throws Error naming what is not supported or does not fit.
 */
export function importOnnx(
  onnx: Uint8Array,
  { name, classNames }: { name: string; classNames?: readonly string[] | undefined },
): ImportedModel {
  const graph = readOnnx(onnx);
  const { version, weights, featureShapes, classes, leftOut } = matchSqueezenet(graph);
  const { height, width } = graph.input;
  if (classNames !== undefined && classNames.length !== classes) {
    throw new Error(`the network tells ${classes} classes apart, the labels name ${classNames.length}`);
  }
  const names = classNames ?? numberedClasses(classes);
  const description = describeModel({ version, name, inputSize: height, classNames: names });
  const metadata = { ...description, onnxSha256: sha256(onnx) };

  const model = classifierOf({ tensors: weights, metadata });
  const computed = tf.tidy(() =>
    model.features(tf.zeros([1, height, width, 3])).map(({ shape }) => shape.slice(1)),
  );
  model.dispose();
  for (const [index, shape] of computed.entries()) {
    if (shape.join() !== featureShapes[index].join()) {
      throw new Error(`feature ${index} is [${shape}] here and [${featureShapes[index]}] in the graph`);
    }
  }
  const summary =
    `SqueezeNet ${version}, ${classes} classes, ${height}x${width} px, opset ${graph.opset}` +
    (graph.producer === '' ? '' : `, exported by ${graph.producer}`) +
    (leftOut.length > 0 ? `; left out ${leftOut.join(', ')}, because scores are raw` : '');
  const bytes = writeSafetensors({ tensors: weights, metadata }, { precision: 'F32' });
  return { bytes, version, classes, summary };
}
