import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { Argument, Command } from 'commander';
import { sha256 } from '../../grader/format/sha256.ts';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { embeddedModels, embeddedWeightsPath } from '../../reference/lib/models/embedded.ts';
import type { EmbeddedModel } from '../../reference/lib/models/embedded.ts';
import { classifierOf, describeModel } from '../../reference/lib/models/model-file.ts';
import { readSafetensors, writeSafetensors } from '../../reference/lib/models/safetensors.ts';
import { shapesModel } from '../../reference/lib/models/shapes-classifier.ts';
import { ROOT } from '../../repository.ts';
import { writeCard } from '../../models/training/card-files.ts';
import { resumeCheckpoint, saveCheckpoint } from '../../models/training/checkpoint.ts';
import { evaluate } from '../../models/training/evaluate.ts';
import { formatDuration, progressLines } from '../../models/training/progress.ts';
import { defaultSeed, evaluationAttack, recipes, testPictures } from '../../models/training/recipe.ts';
import { trainNetwork } from '../../models/training/train-network.ts';

const focus =
  " The pictures' masks took part in training: evidence off the object was penalised (`backgroundPenalty`), so that " +
  'explanations have something right to find.';
const descriptions: Record<EmbeddedModel, string> = {
  standard: `Tells ten shapes apart; trained on pictures as they were drawn.${focus}`,
  robust: `Tells ten shapes apart; starts from shapes-standard and was trained on pictures that were attacked at every step (Madry et al. 2018).${focus}`,
};

const program = new Command('train')
  .description('Train the embedded networks on drawn shapes and write their weights and model cards.')
  .addArgument(new Argument('[network]', 'which one; default: both').choices(embeddedModels))
  .option('--seed <text>', 'of everything random', defaultSeed)
  .option('--fresh', 'start over instead of resuming a run that was cut')
  .parse();
const { seed, fresh } = program.opts<{ seed: string; fresh?: boolean }>();
const chosen = program.args[0] as EmbeddedModel | undefined;

// The weights come out the same on any number of threads.
const backend = await prepareBackend({ backend: 'auto', threads: 'auto' });
for (const name of chosen === undefined ? embeddedModels : [chosen]) await train(name);

async function train(name: EmbeddedModel): Promise<void> {
  const recipe = recipes[name];
  const network = { ...shapesModel, name };
  const path = embeddedWeightsPath(name);
  const checkpoint = join(ROOT, '.cache', 'training', `${name}.safetensors`);
  const start = recipe.startsFrom && readFileSync(embeddedWeightsPath(recipe.startsFrom));
  const run = JSON.stringify({ seed, recipe, start: start && sha256(start) });
  if (fresh === true) rmSync(checkpoint, { force: true });
  const resumed = resumeCheckpoint(checkpoint, run);
  const from = resumed?.state.step ?? 0;
  if (from > 0) console.error(`${name}: resuming after step ${from}`);

  const begin = { wall: performance.now(), cpu: process.cpuUsage() };
  const elapsed = () => (performance.now() - begin.wall) / 1000;
  const spent = () => {
    const { user, system } = process.cpuUsage(begin.cpu);
    return {
      wall: (resumed?.seconds.wall ?? 0) + elapsed(),
      cpu: (resumed?.seconds.cpu ?? 0) + (user + system) / 1e6,
    };
  };
  const line = progressLines(name, { steps: recipe.steps, from });
  const tensors = trainNetwork({
    recipe,
    seed: `${seed}/${name}`,
    network,
    start: start && readSafetensors(start).tensors,
    state: resumed?.state,
    onStep(report, state) {
      const text = line(report, elapsed());
      if (text === undefined) return;
      console.error(text);
      saveCheckpoint(checkpoint, state, { run, seconds: spent() });
    },
  });
  const seconds = spent();

  const bytes = writeSafetensors({ tensors, metadata: describeModel(network) }, { precision: 'F32' });
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, bytes);
  console.error(`${name}: trained in ${formatDuration(seconds.wall)}; measuring on ${testPictures} pictures`);

  const model = classifierOf(readSafetensors(bytes));
  const test = { seed: `${seed}/test`, pictures: testPictures, size: recipe.size };
  const clean = evaluate(model, test);
  const attacked = evaluate(model, { ...test, attack: evaluationAttack });
  model.dispose();
  await writeCard(path, {
    name: `shapes-${name}`,
    description: descriptions[name],
    file: {
      path: `lib/models/weights/shapes-${name}.safetensors`,
      bytes: bytes.length,
      sha256: sha256(bytes),
    },
    network: {
      architecture: `SqueezeNet ${network.version}`,
      width: recipe.width,
      parameters: Object.values(tensors).reduce((sum, { data }) => sum + data.length, 0),
      inputSize: network.inputSize,
      classNames: [...network.classNames],
    },
    training: {
      seed,
      recipe: { ...recipe },
      picturesSeen: recipe.steps * recipe.batch,
      wallSeconds: Math.round(seconds.wall),
      cpuSeconds: Math.round(seconds.cpu),
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
  });
  console.log(
    `${name}: ${(100 * clean.accuracy).toFixed(1)}% right as drawn, ` +
      `${(100 * attacked.accuracy).toFixed(1)}% under attack; now: npm run localisation`,
  );
}
