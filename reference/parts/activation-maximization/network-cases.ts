import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { given } from '../../cases/given.ts';
import { shapes } from '../../cases/pictures.ts';
import type { MaximizationOptions, Objective } from './contract.ts';

/** Settings of a run but for where it starts. */
export type Settings = Omit<MaximizationOptions, 'start'>;

/** One run. */
export function walk(
  id: string,
  objective: Objective,
  model: Argument,
  settings: Settings,
  start: Argument,
): Call {
  const options = Object.entries(settings).map(([key, value]) => [key, { json: value }] as const);
  return {
    id,
    module: 'introspection/activation-maximization.ts',
    export: 'maximizeActivation',
    args: [{ json: objective }, model, { record: { ...Object.fromEntries(options), start } }],
  };
}

/** Given pixels to start from. */
export function startPixels(kind: 'zeros' | 'ones' | 'noise', side: number): Argument {
  return given('lib/ascent/pixels.ts', 'startPixels', [
    { json: kind },
    { number: side },
    { json: 'graded start' },
  ]);
}

/** The pixels of one drawn shape, to start from. */
export function shapePixels(seed: string, label: number, side: number): Argument {
  const image = shapes({ seed, start: 0, count: 1, size: side, labels: [label] });
  return given('lib/picture/preprocess.ts', 'deprocess', [image]);
}

/** A run on an embedded network; what the network makes of the returned image is worked out from its bytes. */
export function networkCase(options: {
  id: string;
  visibility: CaseDefinition['visibility'];
  model: Argument;
  start: Argument;
  label: number;
  output: Extract<Objective, { kind: 'class' }>['output'];
  runs: Readonly<Record<string, Settings>>;
  drawn?: boolean;
}): CaseDefinition {
  const { id, visibility, model, start, label, output, runs, drawn } = options;
  const [first] = Object.keys(runs);
  const image: Argument = { result: { call: first, path: ['image'] } };
  const figure = { module: 'lib/figures/activation-maximization.ts' };
  const results = Object.keys(runs).map((run) => ({
    record: { title: { json: run }, image: { result: { call: run, path: ['image'] } } },
  }));
  const picture = {
    ...figure,
    id: 'picture',
    export: 'maximizationPicture',
    args: [{ list: [{ record: { label: { json: id }, results: { list: results } } }] }],
  };
  return {
    id,
    visibility,
    inputs: {},
    calls: Object.entries(runs).map(([run, settings]) => ({
      ...walk(run, { kind: 'class', label, output }, model, settings, start),
      timeLimit: 20,
    })),
    derived: [
      { ...figure, id: 'scores', export: 'classScores', args: [image, model] },
      { ...figure, id: 'score', export: 'classScore', args: [image, { number: label }, model] },
      ...(drawn ? [picture] : []),
    ],
  };
}
