import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { prepareBackend } from '../../grader/tensorflow/index.ts';
import { sha256 } from '../../grader/format/sha256.ts';
import { writeCard } from '../../models/training/card-files.ts';
import { resumeCheckpoint, saveCheckpoint } from '../../models/training/checkpoint.ts';
import { recipes } from '../../models/training/recipe.ts';
import { trainNetwork } from '../../models/training/train-network.ts';
import { embeddedModels, embeddedWeightsPath } from '../../reference/lib/models/embedded.ts';
import type { EmbeddedModel } from '../../reference/lib/models/embedded.ts';
import { describeModel } from '../../reference/lib/models/model-file.ts';
import { readSafetensors, writeSafetensors } from '../../reference/lib/models/safetensors.ts';
import { shapesModel } from '../../reference/lib/models/shapes-classifier.ts';
import { ROOT } from '../../repository.ts';
import { makeCard, type Spent } from './make-card.ts';
import { startTrainingProgress } from './training-progress.ts';

export interface TrainOptions {
  /** Of everything random. */
  readonly seed: string;
  /** Start over instead of resuming a run that was cut. */
  readonly fresh?: boolean;
}

/** Steps between two checkpoints. */
const CHECKPOINT_STEPS = 25;

/** Trains an embedded network, or all, and writes weights and model cards. */
export async function trainNetworks(chosen: EmbeddedModel | undefined, options: TrainOptions): Promise<void> {
  // The weights come out the same on any number of threads.
  const backend = await prepareBackend({ backend: 'auto', threads: 'auto' });
  for (const name of chosen === undefined ? embeddedModels : [chosen]) {
    const { bytes, spent } = train(name, options);
    const path = embeddedWeightsPath(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    console.error(`${name}: measuring`);
    const card = makeCard({ name, bytes, seed: options.seed, spent, backend });
    await writeCard(path, card);
    const [clean, attacked] = [card.test.clean, card.test.attacked].map((share) => (100 * share).toFixed(1));
    console.log(`${name}: ${clean}% right as drawn, ${attacked}% under attack; now: npm run localisation`);
  }
}

/** The bytes of the trained weights, and the seconds that they took with those of earlier runs that were cut. */
function train(name: EmbeddedModel, { seed, fresh }: TrainOptions): { bytes: Uint8Array; spent: Spent } {
  const recipe = recipes[name];
  const network = { ...shapesModel, name };
  const checkpoint = join(ROOT, '.cache', 'training', `${name}.safetensors`);
  const start = recipe.startsFrom && readFileSync(embeddedWeightsPath(recipe.startsFrom));
  const run = JSON.stringify({ seed, recipe, start: start && sha256(start) });
  if (fresh) rmSync(checkpoint, { force: true });
  const resumed = resumeCheckpoint(checkpoint, run);
  const from = resumed?.state.step ?? 0;
  if (from > 0) console.error(`${name}: resuming after step ${from}`);

  const begin = { wall: performance.now(), cpu: process.cpuUsage() };
  const spent = (): Spent => {
    const { user, system } = process.cpuUsage(begin.cpu);
    return {
      wall: (resumed?.seconds.wall ?? 0) + (performance.now() - begin.wall) / 1000,
      cpu: (resumed?.seconds.cpu ?? 0) + (user + system) / 1e6,
    };
  };
  const progress = startTrainingProgress(name, { steps: recipe.steps, from });
  try {
    const tensors = trainNetwork({
      recipe,
      seed: `${seed}/${name}`,
      network,
      start: start && readSafetensors(start).tensors,
      state: resumed?.state,
      onStep(report, state) {
        progress.at(report);
        if (report.step % CHECKPOINT_STEPS === 0 || report.step === recipe.steps)
          saveCheckpoint(checkpoint, state, { run, seconds: spent() });
      },
    });
    const metadata = describeModel(network);
    return { bytes: writeSafetensors({ tensors, metadata }, { precision: 'F32' }), spent: spent() };
  } finally {
    progress.end();
  }
}
