import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition, TensorData } from '../../../grader/assignment/define.ts';
import { floats, integers, sizeOf } from '../../../grader/format/literals.ts';
import { given, result } from '../../cases/given.ts';
import { convolutionModel, convolutionWeights, linearModel } from '../../cases/models.ts';
import { noise } from '../../cases/tensors.ts';
import { randomStream, type RandomStream } from '../../lib/random.ts';
import type { MarkKind } from './marks.ts';
import { modules } from './modules.ts';

/** Marks on random pixels, some of them at the ends of their range. */
export function markCase(options: {
  id: string;
  visibility: CaseDefinition['visibility'];
  seed: string;
  shape: readonly [number, number, number, number];
  marks: Readonly<Record<string, readonly [MarkKind, number]>>;
}): CaseDefinition {
  const { id, visibility, shape, marks } = options;
  const stream = randomStream(options.seed).derive('clever-hans').derive(id);
  const pixels = stream.uniforms(sizeOf(shape), -0.1, 1.1).map((value) => Math.min(1, Math.max(0, value)));
  const calls = Object.entries(marks).map(([call, [kind, strength]]): Call => ({
    id: call,
    module: modules.solution,
    export: 'addMark',
    args: [{ tensor: 'images' }, { json: kind }, { number: strength }],
    observe: true,
  }));
  return { id, visibility, inputs: { images: floats(shape, pixels) }, calls, derived: [] };
}

/** How to train, apart from the weights to start from. */
export interface Schedule {
  readonly learningRate: number;
  readonly momentum: number;
  readonly batchSize: number;
  readonly epochs: number;
}

/** A few steps on random images; all weights afterwards in one row. */
export function stepsCase(options: {
  id: string;
  visibility: CaseDefinition['visibility'];
  seed: string;
  count: number;
  network: { readonly size: number; readonly filters: readonly number[]; readonly classes: number };
  schedule: Schedule;
}): CaseDefinition {
  const { id, visibility, count, network, schedule } = options;
  const stream = randomStream(options.seed).derive('clever-hans').derive(id);
  const { size, classes } = network;
  const labels = Array.from({ length: count }, () => stream.integer(0, classes - 1));
  const initial = given(modules.network, 'initialWeights', [
    { json: { ...network, filters: [...network.filters], seed: id } },
  ]);
  const entries = Object.entries({ ...schedule, seed: id }).map(
    ([key, value]) => [key, { json: value }] as const,
  );
  return {
    id,
    visibility,
    inputs: { images: noise(stream, [count, size, size, 3]), labels: integers(labels) },
    calls: [
      {
        id: 'trained',
        module: modules.solution,
        export: 'trainClassifier',
        args: [
          { record: { images: { tensor: 'images' }, labels: { tensor: 'labels' } } },
          { record: { initial, ...Object.fromEntries(entries) } },
        ],
        observe: true,
      },
    ],
    derived: [
      {
        id: 'weights',
        module: modules.network,
        export: 'weightVector',
        args: [result('trained', 'weights')],
      },
    ],
  };
}

/** On a linear model the maps are max_c |W_y| whatever the pictures, and the drop is linear in the mark. */
export function linearReliance(options: {
  id: string;
  visibility: CaseDefinition['visibility'];
  seed: string;
  count: number;
  size: readonly [number, number];
  label: number;
  /** Factor on the weights; 0 makes a model that looks at nothing. */
  scale: number;
  region: MarkKind;
}): CaseDefinition {
  const { id, visibility, count, size, label, scale, region } = options;
  const stream = randomStream(options.seed).derive('clever-hans').derive(id);
  return relianceCase(
    { id, visibility, stream, count, size, label, region, model: linearModel },
    { weights: noise(stream, [...size, 3, 4], scale) },
  );
}

/** With a ReLU, each picture has a map and a share of its own. */
export function convolutionReliance(options: {
  id: string;
  visibility: CaseDefinition['visibility'];
  seed: string;
  count: number;
  size: readonly [number, number];
  label: number;
  region: MarkKind;
}): CaseDefinition {
  const stream = randomStream(options.seed).derive('clever-hans').derive(options.id);
  return relianceCase({ ...options, stream, model: convolutionModel }, convolutionWeights(stream, 4));
}

function relianceCase(
  options: {
    id: string;
    visibility: CaseDefinition['visibility'];
    stream: RandomStream;
    count: number;
    size: readonly [number, number];
    label: number;
    region: MarkKind;
    model: Argument;
  },
  weights: Readonly<Record<string, TensorData>>,
): CaseDefinition {
  const { id, visibility, stream, count, size, label, region, model } = options;
  const images = (): TensorData => noise(stream, [count, ...size, 3]);
  return {
    id,
    visibility,
    inputs: { marked: images(), unmarked: images(), ...weights },
    calls: [
      {
        id: 'reliance',
        module: modules.solution,
        export: 'markReliance',
        args: [
          model,
          { record: { marked: { tensor: 'marked' }, unmarked: { tensor: 'unmarked' } } },
          { number: label },
          given(modules.marks, 'markRegion', [{ json: region }, { number: size[0] }, { number: size[1] }]),
        ],
        observe: true,
      },
    ],
    derived: [],
  };
}
