import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import ts from 'typescript';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { generateTemplate } from '../../../authoring/template/generate.ts';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import { assignment } from '../../../reference/assignment.ts';
import { gradientOf, withGradient } from '../../../reference/lib/gradient.ts';
import { oneConvolution } from '../../../reference/lib/models/one-convolution.ts';
import { randomStream } from '../../../reference/lib/random.ts';
import { compileMessages } from './compile-messages.ts';
import { codeIn, examplesOf, instrumented, rowsOf } from './marked-examples.ts';
import { temporaryFolder, writeFiles } from './small-assignment.ts';
import { repository, unpackTemplate } from './stand-alone.ts';

const template = generateTemplate({ root: repository, assignment });
const page = readFileSync(join(repository, 'reference/template/handouts/tensorflow.md'), 'utf8');
const [opening, ...examples] = examplesOf(page);
const idioms = rowsOf(page, 'PyTorch');

/** Cells that hold code for a tensor `x`, beside those of the idioms. */
const otherCells = [
  ...rowsOf(page, 'instead of').flatMap((row) => row.slice(0, 2)),
  ...rowsOf(page, '').map(([cell]) => cell),
].flatMap(codeIn);
const cells = [...idioms.flatMap(([, cell]) => codeIn(cell)), ...otherCells];

const cellScope = `const x = images, y = images, scores = model.logits(images), mask = x.greater(0);
  const a: tf.Tensor3D = x.reshape([x.shape[0], -1, 3]), b = a, N = x.shape[0], f = (z: tf.Tensor) => z.square().sum();`;
const inCell = (code: string): string =>
  code.startsWith('tf.tidy')
    ? 'tf.tidy(() => { x.square(); });'
    : `${code.replace('f)([a, b])', '(p: tf.Tensor, q: tf.Tensor) => p.mul(q).sum())([a, b])')};`;

const sides = { N: 2, H: 8, W: 6, classes: 4 };
const images = (): tf.Tensor4D =>
  tf.tensor4d(randomStream('handout').normals(2 * 8 * 6 * 3), [sides.N, sides.H, sides.W, 3]);

/** `[N, H*W, 3]` as numbers. */
function shapeIn(text: string): number[] {
  const [, inner] = /^\[(.*)\]$/.exec(text)!;
  return inner.split(', ').map((side) =>
    side
      .split('*')
      .map((factor) => factor.split('-').map((term) => sides[term as 'N'] ?? Number(term)))
      .reduce((product, [first, less = 0]) => product * (first - less), 1),
  );
}

const claimed = {
  expectShape: (name: string, tensor: tf.Tensor, text: string) =>
    expect({ [name]: tensor.shape }).toEqual({ [name]: shapeIn(text) }),
  expectValue: (value: unknown, text: string) => expect(String(value)).toBe(text),
  expectError: (action: () => void, text: string) => expect(action).toThrow(text),
};

/** Runs JavaScript with the names that every example may use. */
function run(script: string): void {
  const filters = tf.tensor4d(randomStream('filters').normals(135), [3, 3, 3, 5]);
  const dense = tf.tensor2d(randomStream('dense').normals(20), [5, 4]);
  const scope = {
    tf,
    gradientOf,
    withGradient,
    model: oneConvolution(filters, dense),
    images: images(),
    labels: tf.tensor1d([3, 1], 'int32'),
    ...claimed,
  };
  // oxlint-disable-next-line no-new-func
  new Function(...Object.keys(scope), `'use strict';\n${script}`)(...Object.values(scope));
}

beforeAll(async () => {
  vi.spyOn(console, 'log').mockReturnValue(undefined); // tensors print themselves there
  await prepareBackend({ backend: 'wasm' });
});

it('every example compiles in the template, and those that show an error do not', async () => {
  const folder = temporaryFolder();
  await unpackTemplate(folder, template);
  const head = `${opening.code}\nexport function example(model: Classifier, images: tf.Tensor4D, labels: tf.Tensor1D) {\n`;
  const bodies = [
    ...examples.map(({ code }) => code),
    ...cells.map((cell) => `${cellScope}\n${inCell(cell)}`),
  ];
  const files = bodies.map((body, i) => [`example-${i}.ts`, `${head}${body}\n}\n`]);
  writeFiles(folder, Object.fromEntries(files));
  const found = compileMessages(
    folder,
    files.map(([path]) => path),
  );
  const refused = bodies.filter((_, i) => found.has(`example-${i}.ts`));
  expect([...found.keys()].filter((path) => !path.startsWith('example-'))).toEqual([]);
  expect(refused).toEqual(examples.filter((example) => example.refused).map(({ code }) => code));
  for (const [, messages] of found) expect(messages.join()).toMatch(/^$|Tensor<Rank>/);
});

describe('every example runs, and gives what the page says', () => {
  it.each(examples.filter((example) => !example.refused).map(({ code }) => [code]))('%s', (code) => {
    run(instrumented(code).script);
  });

  it('and the page says so at least twenty-five times', () => {
    const claims = examples.map(({ code }) => instrumented(code).claims);
    expect(claims.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(25);
    expect(() => run(instrumented('const wrong = images.sum(); // [N]').script)).toThrow();
    expect(() => run(instrumented('images.shape[0]; // → 3').script)).toThrow();
    expect(() => run(instrumented('const fine = images.sum(); // throws: no').script)).toThrow();
  });
});

describe('the table of idioms', () => {
  it('has twenty-five', () => expect(idioms).toHaveLength(25));

  const plainScope = ts.transpileModule(cellScope, {
    compilerOptions: { target: ts.ScriptTarget.ES2022 },
  }).outputText;

  it.each(idioms.map(([torch, cell, shape]) => [torch, cell, shape]))('%s', (_, cell, shape) => {
    for (const code of codeIn(cell)) {
      const [text] = codeIn(shape);
      const call = text
        ? `expectShape('it', ${code}, '${text}');`
        : `if (${code} === undefined) throw new Error();`;
      run(`${plainScope}\n${call}`);
    }
  });

  it.each(otherCells.map((code) => [code]))('and %s', (code) => {
    const script = ts.transpileModule(inCell(code), {
      compilerOptions: { target: ts.ScriptTarget.ES2022 },
    }).outputText;
    run(`${plainScope}\n${script}`);
  });
});
