import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import { jsonArguments, result } from '../../cases/arguments.ts';
import type { CaseRecipe } from '../../cases/case-builders.ts';
import { uniform } from '../../cases/inputs.ts';
import { embedded } from '../../cases/models.ts';
import { preprocessModule, shapesOf } from '../../cases/pictures.ts';
import type { CallOptions } from '../../cases/template-module.ts';
import type { EmbeddedModel } from '../../lib/models/embedded.ts';
import type { MaximizationOptions, Objective } from './contract.ts';
import { activationMaximization } from './names.ts';

const { solution, pixels, figure } = activationMaximization;

/** Settings of a run but for where it starts. */
export type Settings = Omit<MaximizationOptions, 'start'>;

/** What is maximized of a class. */
type ClassObjective = Extract<Objective, { readonly kind: 'class' }>;

/** One run. */
export function walk(
  id: string,
  {
    objective,
    model,
    settings,
    start,
  }: {
    readonly objective: Objective;
    readonly model: Argument;
    readonly settings: Settings;
    readonly start: Argument;
  },
  options: CallOptions,
): Call {
  const record = { ...jsonArguments(settings), start };
  return solution.call(id, 'maximizeActivation', [{ json: objective }, model, { record }], options);
}

/** Given pixels to start from. */
export function startPixels(kind: 'zeros' | 'ones' | 'noise', side: number): Argument {
  return pixels.given('startPixels', [{ json: kind }, { number: side }, { json: 'graded start' }]);
}

/** The pixels of one drawn shape, to start from. */
export function shapePixels(seed: string, label: number, side: number): Argument {
  return preprocessModule.given('deprocess', [shapesOf([label], { seed, size: side })]);
}

/** A channel of a hidden layer of an embedded network, by its gradient, on pixels that are not square. */
export const hiddenLayerCase: CaseRecipe = ({ stream }) => ({
  inputs: { pixels: uniform(stream, [1, 32, 44, 3], [0.1, 0.9]) },
  calls: [
    solution.call(
      'feature',
      'objectiveScore',
      [{ tensor: 'pixels' }, { json: { kind: 'feature', layer: 5, channel: 7 } }, embedded('standard')],
      { gradient: { argument: 0 } },
    ),
  ],
});

/** A run on an embedded network; what the network makes of the returned image is worked out from its bytes. */
export function networkCase(options: {
  readonly model: EmbeddedModel;
  readonly start: Argument;
  readonly label: number;
  readonly output: ClassObjective['output'];
  readonly runs: Readonly<Record<string, Settings>>;
  readonly drawn?: boolean;
}): CaseRecipe {
  const { start, label, output, runs, drawn } = options;
  const model = embedded(options.model);
  const objective: Objective = { kind: 'class', label, output };
  const calls = Object.entries(runs).map(([run, settings]) =>
    walk(run, { objective, model, settings, start }, { timeLimit: 20 }),
  );
  const image = result(calls[0].id, ['image']);
  const results = calls.map(({ id: run }) => ({
    record: { title: { json: run }, image: result(run, ['image']) },
  }));
  return ({ id }) => {
    const rows = { list: [{ record: { label: { json: id }, results: { list: results } } }] };
    return {
      calls,
      derived: [
        figure.call('scores', 'classScores', [image, model]),
        figure.call('score', 'classScore', [image, { number: label }, model]),
        ...(drawn ? [figure.call('picture', 'maximizationPicture', [rows])] : []),
      ],
    };
  };
}
