import * as tf from '@tensorflow/tfjs';
import type { BackendReport } from '../../grader/tensorflow/index.ts';
import { sha256 } from '../../grader/format/sha256.ts';
import { evaluate } from '../../models/training/evaluate.ts';
import type { ModelCard } from '../../models/training/model-card.ts';
import { evaluationAttack, recipes, testPictures } from '../../models/training/recipe.ts';
import type { EmbeddedModel } from '../../reference/lib/models/embedded.ts';
import { classifierOf } from '../../reference/lib/models/model-file.ts';
import { readSafetensors } from '../../reference/lib/models/safetensors.ts';
import { shapesModel } from '../../reference/lib/models/shapes-classifier.ts';

/** Seconds on the clock, and of the processor. */
export interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

const focus =
  " The pictures' masks took part in training: evidence off the object was penalised (`backgroundPenalty`), so that " +
  'explanations have something right to find.';
const descriptions: Record<EmbeddedModel, string> = {
  standard: `Tells ten shapes apart; trained on pictures as they were drawn.${focus}`,
  robust: `Tells ten shapes apart; starts from shapes-standard and was trained on pictures that were attacked at every step (Madry et al. 2018).${focus}`,
};

/** The card of weights that were just trained; measures them on fresh pictures, as drawn and under attack. */
export function makeCard(trained: {
  name: EmbeddedModel;
  bytes: Uint8Array;
  seed: string;
  spent: Spent;
  backend: BackendReport;
}): ModelCard {
  const { name, bytes, seed, spent, backend } = trained;
  const recipe = recipes[name];
  const weights = readSafetensors(bytes);
  const model = classifierOf(weights);
  const test = { seed: `${seed}/test`, pictures: testPictures, size: recipe.size };
  const clean = evaluate(model, test);
  const attacked = evaluate(model, { ...test, attack: evaluationAttack });
  model.dispose();
  return {
    name: `shapes-${name}`,
    description: descriptions[name],
    file: {
      path: `lib/models/weights/shapes-${name}.safetensors`,
      bytes: bytes.length,
      sha256: sha256(bytes),
    },
    network: {
      architecture: `SqueezeNet ${shapesModel.version}`,
      width: recipe.width,
      parameters: Object.values(weights.tensors).reduce((sum, { data }) => sum + data.length, 0),
      inputSize: shapesModel.inputSize,
      classNames: [...shapesModel.classNames],
    },
    training: {
      seed,
      recipe: { ...recipe },
      picturesSeen: recipe.steps * recipe.batch,
      wallSeconds: Math.round(spent.wall),
      cpuSeconds: Math.round(spent.cpu),
      date: new Date().toISOString().slice(0, 10),
      versions: { ...backend.versions, backend: `${tf.getBackend()}, ${backend.threads} thread` },
    },
    test: {
      seed: test.seed,
      pictures: testPictures,
      clean: clean.accuracy,
      attacked: attacked.accuracy,
      attack: evaluationAttack,
      confusion: clean.confusion.map((row) => [...row]),
    },
  };
}
