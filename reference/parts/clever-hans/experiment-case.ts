import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import type { CaseDefinition } from '../../../grader/assignment/define.ts';
import { given, result } from '../../cases/given.ts';
import type { MarkKind } from './marks.ts';
import { modules } from './modules.ts';
import type { Schedule } from './small-cases.ts';

/** The whole experiment: mark the discs, train, see where the network looks and what it does without the mark. */
export function experimentCase(options: {
  id: string;
  visibility: CaseDefinition['visibility'];
  seed: string;
  kind: MarkKind;
  strength: number;
  size: number;
  filters: readonly number[];
  perClass: number;
  newOnes: number;
  schedule: Schedule;
  drawn: boolean;
}): CaseDefinition {
  const { id, visibility, kind, strength, size, filters, schedule } = options;
  const seed = `${options.seed}/clever-hans/${id}`;
  const trainingSet = { json: { seed: `${seed}/train`, perClass: options.perClass, size } };
  const newDiscs = { json: { seed: `${seed}/test`, perClass: options.newOnes, size, only: 0 } };
  const newStars = { json: { seed: `${seed}/test`, perClass: options.newOnes, size, only: 2 } };
  const pixels = (of: Argument): Argument => given(modules.shapes, 'shapePixels', [of]);
  const mark = (call: string, of: Argument): Call => ({
    id: call,
    module: modules.solution,
    export: 'addMark',
    args: [pixels(of), { json: kind }, { number: strength }],
  });
  const labels = given(modules.shapes, 'shapeLabels', [trainingSet]);
  const marked = result('marked-training-set');
  const data = given(modules.shapes, 'betrayedData', [pixels(trainingSet), marked, labels]);
  const initial = given(modules.network, 'initialWeights', [
    { json: { size, filters: [...filters], classes: 4, seed } },
  ]);
  const entries = Object.entries({ ...schedule, seed }).map(
    ([key, value]) => [key, { json: value }] as const,
  );
  const weights = result('trained', 'weights');
  const preprocessed = (of: Argument): Argument => given('lib/picture/preprocess.ts', 'preprocess', [of]);
  const power = (call: string, marked: string, unmarked: Argument): Call => ({
    id: call,
    module: modules.shapes,
    export: 'powerOfMark',
    args: [weights, result(marked), pixels(unmarked)],
  });
  return {
    id,
    visibility,
    inputs: {},
    calls: [
      mark('marked-training-set', trainingSet),
      mark('marked-discs', newDiscs),
      mark('marked-stars', newStars),
      {
        id: 'trained',
        module: modules.solution,
        export: 'trainClassifier',
        args: [data, { record: { initial, ...Object.fromEntries(entries) } }],
        timeLimit: 60,
      },
      {
        id: 'reliance',
        module: modules.solution,
        export: 'markReliance',
        args: [
          given(modules.network, 'smallNetwork', [weights]),
          {
            record: {
              marked: preprocessed(result('marked-discs')),
              unmarked: preprocessed(pixels(newDiscs)),
            },
          },
          { number: 0 },
          given(modules.marks, 'markRegion', [{ json: kind }, { number: size }, { number: size }]),
        ],
      },
    ],
    derived: [
      power('power-on-discs', 'marked-discs', newDiscs),
      power('power-on-stars', 'marked-stars', newStars),
      ...(options.drawn
        ? [
            {
              id: 'picture',
              module: 'lib/figures/clever-hans.ts',
              export: 'cleverHansPicture',
              args: [
                {
                  list: [
                    {
                      record: {
                        kind: { json: kind },
                        weights,
                        unmarked: pixels(newDiscs),
                        marked: result('marked-discs'),
                        maps: result('reliance', 'maps'),
                        othersMarked: result('marked-stars'),
                      },
                    },
                  ],
                },
              ],
            },
          ]
        : []),
    ],
  };
}
