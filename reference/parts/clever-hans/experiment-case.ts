import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import { jsonArguments, result } from '../../cases/arguments.ts';
import type { CaseRecipe } from '../../cases/case-builders.ts';
import { preprocessModule } from '../../cases/pictures.ts';
import { hansClassNames } from './marked-shapes.ts';
import type { MarkKind } from './marks.ts';
import { cleverHans } from './names.ts';
import type { Schedule } from './small-cases.ts';

const { solution, shapes, network, marks, figure } = cleverHans;

const pixels = (set: Argument): Argument => shapes.given('shapePixels', [set]);
const preprocessed = (images: Argument): Argument => preprocessModule.given('preprocess', [images]);

/** What the mark does to pictures of one class, according to the trained network. */
const power = (id: string, marked: Argument, unmarked: Argument): Call =>
  shapes.call(id, 'powerOfMark', [result('trained', ['weights']), marked, pixels(unmarked)]);

/** The whole experiment: mark the discs, train, see where the network looks and what it does without the mark. */
export function experimentCase(options: {
  readonly kind: MarkKind;
  readonly strength: number;
  readonly size: number;
  readonly filters: readonly number[];
  readonly perClass: number;
  readonly newOnes: number;
  readonly schedule: Schedule;
  readonly drawn: boolean;
}): CaseRecipe {
  const { kind, strength, size, filters, perClass, newOnes, schedule, drawn } = options;
  return ({ seed }) => {
    const trainingSet = { json: { seed: `${seed}/train`, perClass, size } };
    const newShapes = (name: (typeof hansClassNames)[number]): Argument => ({
      json: { seed: `${seed}/test`, perClass: newOnes, size, only: hansClassNames.indexOf(name) },
    });
    const [newDiscs, newStars] = [newShapes('disc'), newShapes('star')];
    const [markedDiscs, markedStars] = [result('marked-discs', []), result('marked-stars', [])];
    const weights = result('trained', ['weights']);

    const mark = (id: string, set: Argument): Call =>
      solution.call(id, 'addMark', [pixels(set), { json: kind }, { number: strength }]);
    const data = shapes.given('betrayedData', [
      pixels(trainingSet),
      result('marked-training-set', []),
      shapes.given('shapeLabels', [trainingSet]),
    ]);
    const start = { size, filters: [...filters], classes: hansClassNames.length, seed };
    const initial = network.given('initialWeights', [{ json: start }]);
    const training = { record: { initial, ...jsonArguments({ ...schedule, seed }) } };
    const compared = { marked: preprocessed(markedDiscs), unmarked: preprocessed(pixels(newDiscs)) };
    const drawing: Argument = {
      record: {
        kind: { json: kind },
        weights,
        unmarked: pixels(newDiscs),
        marked: markedDiscs,
        maps: result('reliance', ['maps']),
        othersMarked: markedStars,
      },
    };
    return {
      calls: [
        mark('marked-training-set', trainingSet),
        mark('marked-discs', newDiscs),
        mark('marked-stars', newStars),
        solution.call('trained', 'trainClassifier', [data, training], { timeLimit: 60 }),
        solution.call('reliance', 'markReliance', [
          network.given('smallNetwork', [weights]),
          { record: compared },
          { number: hansClassNames.indexOf('disc') },
          marks.given('markRegion', [{ json: kind }, { number: size }, { number: size }]),
        ]),
      ],
      derived: [
        power('power-on-discs', markedDiscs, newDiscs),
        power('power-on-stars', markedStars, newStars),
        ...(drawn ? [figure.call('picture', 'cleverHansPicture', [{ list: [drawing] }])] : []),
      ],
    };
  };
}
