import { GraderError } from '../../grader/format/errors.ts';
import { jsonText } from '../../grader/format/json-text.ts';
import { submittedSolution, type PartNames } from './skeleton.ts';

/** A solution that differs from the skeleton's in a few places. */
interface Variation {
  readonly folder: string;
  readonly about: string;
  readonly changes: readonly (readonly [from: string, to: string])[];
}

interface Mistake extends Variation {
  readonly fails: readonly string[];
  readonly keeps: number;
  /** What a student who makes it needs to read. */
  readonly hint: string;
  /** What was likely done. */
  readonly cause: string;
}

const values = ['linear', 'convolution-batch', 'network'];

const MISTAKES: readonly Mistake[] = [
  {
    folder: 'probability-instead-of-score',
    about: '# The gradient of the probability\n\nDifferentiates the softmax instead of the raw score.\n',
    changes: [['model.logits(x)', 'model.logits(x).softmax()']],
    fails: [...values, 'picture'],
    keeps: 1,
    hint: 'You differentiate a probability; take the raw score.',
    cause: 'You differentiate the probability of the class; the raw score is meant.',
  },
  {
    folder: 'magnitude-of-each-channel',
    about: '# The magnitude too early\n\nTakes the magnitude of each channel before they are added up.\n',
    changes: [['.mul(images).sum<tf.Tensor3D>(-1).abs()', '.mul(images).abs().sum<tf.Tensor3D>(-1)']],
    fails: [...values, 'picture'],
    keeps: 1,
    hint: 'Add up the channels first; then take the magnitude.',
    cause: 'You take the magnitude of each channel before you add them up.',
  },
  {
    folder: 'first-label-for-all',
    about: '# The first label for all\n\nExplains the class of the first image on every image.\n',
    changes: [['tf.oneHot(labels, scores.shape[1])', 'tf.oneHot(labels.slice(0, 1), scores.shape[1])']],
    fails: [...values, 'picture'],
    keeps: 1,
    hint: 'Each image has a label of its own; use all of them.',
    cause: 'You use the first label for every image.',
  },
  {
    folder: 'tensors-left-behind',
    about:
      '# No tidy\n\nLeaves all intermediate tensors behind.\n\n' +
      'It keeps much: every map is right, and what is left in memory is one check.\n',
    changes: [
      ['  return tf.tidy(() => {\n', '  {\n'],
      ['  });\n}', '  }\n}'],
    ],
    fails: ['leftovers'],
    keeps: 3.5,
    hint: 'Wrap the work in tf.tidy.',
    cause: 'You leave the intermediate tensors behind.',
  },
];

const PLAIN: Variation = {
  folder: 'plain',
  about: 'The formula as it stands, without a cast.\n',
  changes: [
    [
      'gradientOf(chosenScores, images); // d s_y / d I: [N, H, W, 3]',
      'tf.grad(chosenScores)(images); // d s_y / d I: [N, H, W, 3]',
    ],
    ["import { gradientOf } from '../lib/gradient.ts';\n", ''],
    [
      'return gradient.mul(images).sum<tf.Tensor3D>(-1).abs();',
      'return tf.abs(tf.sum(tf.mul(gradient, images), 3));',
    ],
  ],
};

/** The first submissions to a new part, by path below `fixtures/submissions/`: four wrong ones and another right one. */
export function firstSubmissions(names: PartNames): Map<string, string> {
  const files = new Map<string, string>();
  const solution = `visualizers/${names.name}.ts`;
  for (const mistake of MISTAKES) {
    const { fails, keeps, hint, cause } = mistake;
    const folder = `should-fail/${names.name}/${mistake.folder}`;
    files.set(`${folder}/README.md`, mistake.about);
    files.set(`${folder}/expect.json`, jsonText({ part: names.name, fails, skips: [], keeps, hint, cause }));
    files.set(`${folder}/${solution}`, varied(names, mistake));
  }
  const folder = `should-pass/${names.name}/${PLAIN.folder}`;
  files.set(`${folder}/README.md`, PLAIN.about);
  files.set(`${folder}/${solution}`, varied(names, PLAIN));
  return files;
}

/** @throws GraderError where the skeleton has not what is to be changed */
function varied(names: PartNames, { folder, changes }: Variation): string {
  let text = submittedSolution(names);
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new GraderError(`${folder}: the skeleton's solution has no ${from}`);
    text = text.replace(from, () => to);
  }
  return text;
}
