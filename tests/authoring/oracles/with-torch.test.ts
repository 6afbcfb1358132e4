import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareCall } from '../../../authoring/oracles/compare-call.ts';
import { compareWithTorch } from '../../../authoring/oracles/compare-with-torch.ts';
import { oracleCase } from '../../../authoring/oracles/oracle-plan.ts';
import { runTorch, torchProblem } from '../../../authoring/oracles/run-torch.ts';
import type { ExpectedCall } from '../../../grader/checks/evidence.ts';
import type { Argument, Call } from '../../../grader/format/call-plan.ts';
import { floats, integers } from '../../../grader/format/literals.ts';
import { decodeSafetensors, encodeSafetensors } from '../../../grader/format/safetensors.ts';
import type { TensorData } from '../../../grader/format/tensor-data.ts';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import { importOnnx } from '../../../models/onnx/import-onnx.ts';
import type { Classifier } from '../../../reference/contract/classifier.ts';
import { classifierOf } from '../../../reference/lib/models/model-file.ts';
import { readSafetensors } from '../../../reference/lib/models/safetensors.ts';
import { randomStream } from '../../../reference/lib/random.ts';
import { classVisualizationStep } from '../../../reference/parts/class-visualization/class-visualization.ts';
import { gradCam, guidedBackprop } from '../../../reference/parts/grad-cam/grad-cam.ts';
import { computeSaliencyMaps } from '../../../reference/parts/saliency-map/saliency-map.ts';
import type { StyleTransferTargets } from '../../../reference/parts/style-transfer/contract.ts';
import {
  styleTransferLoss,
  styleTransferTargets,
} from '../../../reference/parts/style-transfer/style-transfer.ts';
import { FIXTURES, TEMPLATE } from '../../../repository.ts';
import { squeezenetOnnx } from '../../models/squeezenet-onnx.ts';
import { randomWeights } from '../../reference/models/random-weights.ts';

const problem = await torchProblem();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'with-torch-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('refuses a part that there is not, and names the one that was meant', async () => {
  const asked = { halves: [join(FIXTURES, 'public')], template: TEMPLATE, parts: ['saliency-mop'] };
  await expect(compareWithTorch(asked)).rejects.toThrow(
    'there is no part saliency-mop (did you mean saliency-map?)',
  );
});

describe.skipIf(problem)('the fixtures beside PyTorch', { timeout: 300_000 }, () => {
  const halfWithout = (part: string): string => {
    const half = join(folder, 'public');
    mkdirSync(half);
    cpSync(join(FIXTURES, 'public', 'assignment.json'), join(half, 'assignment.json'));
    cpSync(join(FIXTURES, 'public', part), join(half, part), { recursive: true });
    return half;
  };

  it('agree, and would not with another expected value', async () => {
    const half = halfWithout('saliency-map');
    const asked = { halves: [half], template: TEMPLATE, parts: ['saliency-map'] };
    const { calls } = await compareWithTorch(asked);
    expect(calls.map(({ id, agreement }) => `${id} ${agreement}`)).toEqual([
      'saliency-map/linear/maps agrees',
      'saliency-map/linear/other-classes agrees',
      'saliency-map/convolution/maps agrees',
    ]);
    const path = join(half, 'saliency-map/convolution/expected.safetensors');
    const tensors = decodeSafetensors(readFileSync(path));
    tensors.maps.data[5] += 1e-3;
    writeFileSync(path, encodeSafetensors(tensors));
    const changed = (await compareWithTorch(asked)).calls.filter(({ agreement }) => agreement === 'differs');
    expect(changed.map(({ id }) => id)).toEqual(['saliency-map/convolution/maps']);
  });
});

/** SqueezeNet as published, its weights random, by way of an ONNX file. */
function fullWidth(version: '1.0' | '1.1'): { model: Classifier; path: string } {
  const weights = randomWeights(version, { width: 1, classes: 1000, seed: 'full width' });
  const { bytes } = importOnnx(squeezenetOnnx(version, weights, 224), { name: 'full' });
  const path = 'lib/models/weights/full.safetensors';
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
  return { model: classifierOf(readSafetensors(bytes)), path };
}

/** A call of the plan, and the same by the reference: what is expected of its value, and of its gradient. */
interface Question {
  readonly call: Call;
  readonly answer: (model: Classifier) => { value: tf.Tensor | StyleTransferTargets; gradient?: tf.Tensor };
}

const noise = (seed: string, shape: [number, number, number, number]): TensorData =>
  floats(shape, randomStream(seed).normals(shape.reduce((a, b) => a * b)));
const inputs = {
  images: noise('images', [2, 72, 96, 3]),
  image: noise('image', [1, 80, 64, 3]),
  style: noise('style', [1, 64, 88, 3]),
  labels: integers([340, 7]),
};
const tensor = (name: 'images' | 'image' | 'style'): tf.Tensor4D =>
  tf.tensor4d(inputs[name].data as Float32Array, [...inputs[name].shape] as [number, number, number, number]);
const labels = (): tf.Tensor1D => tf.tensor1d([340, 7], 'int32');
const options = {
  contentLayer: 3,
  contentWeight: 5e-2,
  styleLayers: [1, 4, 6, 7],
  styleWeights: [20000, 500, 12, 1],
  tvWeight: 5e-2,
  schedule: { steps: 1, learningRate: 3, decayedRate: 0.1, decayFrom: 180, clampUntil: 190, limit: 1.5 },
};

function questions(network: Argument): Question[] {
  const [images, image, style, y] = ['images', 'image', 'style', 'labels'].map((name) => ({ tensor: name }));
  const ask = (
    id: string,
    name: string,
    args: Argument[],
    answer: Question['answer'],
    more: Partial<Call> = {},
  ) => ({
    call: { id, module: 'solution.ts', export: name, args, ...more },
    answer,
  });
  const cam = (id: string, layer: number): Question =>
    ask(id, 'gradCam', [images, y, network, { number: layer }], (model) => ({
      value: gradCam(tensor('images'), labels(), model, layer),
    }));
  const targetsOf = (model: Classifier): StyleTransferTargets =>
    styleTransferTargets(tensor('image'), tensor('style'), model, options);
  const settings = { json: options };
  return [
    ask('saliency', 'computeSaliencyMaps', [images, y, network], (model) => ({
      value: computeSaliencyMaps(tensor('images'), labels(), model),
    })),
    cam('deep', 12),
    cam('shallow', 4),
    ask('guided', 'guidedBackprop', [images, y, network], (model) => ({
      value: guidedBackprop(tensor('images'), labels(), model),
    })),
    ask('step', 'classVisualizationStep', [image, { number: 340 }, network], (model) => ({
      value: classVisualizationStep(tensor('image'), 340, model),
    })),
    ask('targets', 'styleTransferTargets', [image, style, network, settings], (model) => ({
      value: targetsOf(model),
    })),
    ask(
      'loss',
      'styleTransferLoss',
      [image, { result: { call: 'targets' } }, network, settings],
      (model) => {
        const targets = targetsOf(model);
        const lossOf = (x: tf.Tensor4D): tf.Scalar => styleTransferLoss(x, targets, model, options);
        const { value, grad } = tf.valueAndGrad(lossOf)(tensor('image'));
        return { value, gradient: grad };
      },
      { gradient: { argument: 0 } },
    ),
  ];
}

/** A result of the reference as the fixtures would hold it. */
function expectedOf({ value, gradient }: ReturnType<Question['answer']>): ExpectedCall {
  const tensors: Record<string, TensorData> = {};
  const keep = (name: string, kept: tf.Tensor): { tensor: string } => {
    tensors[name] = floats(kept.shape, kept.dataSync<'float32'>());
    return { tensor: name };
  };
  const tree =
    value instanceof tf.Tensor
      ? keep('value', value)
      : {
          record: {
            content: keep('content', value.content),
            styles: { list: value.styles.map((gram, i) => keep(`gram-${i}`, gram)) },
          },
        };
  return { value: tree, gradient: gradient && keep('gradient', gradient).tensor, tensors };
}

describe.skipIf(problem)('SqueezeNet at its full width', { timeout: 600_000 }, () => {
  it.each(['1.0', '1.1'] as const)(
    '%s gives what PyTorch gives, but for ReLUs that rounding flips',
    async (version) => {
      await prepareBackend({ backend: 'wasm' });
      const { model, path } = fullWidth(version);
      const asked = questions({ given: { module: 'm.ts', export: 'squeezenet', args: [{ weights: path }] } });
      const plan = { id: 'case', calls: asked.map(({ call }) => call), derived: [] };
      const one = oracleCase('full', {
        plan,
        half: 'public',
        directory: '',
        inputs: () => inputs,
        given: () => new Map(),
        expected: () => new Map(),
      })!;
      const tensors = Object.fromEntries(
        Object.entries(inputs).map(([name, data]) => [`full/case/${name}`, data]),
      );
      const made = await runTorch({ cases: [one], tensors, template: folder });
      const compared = asked.map(({ call: { id, export: name }, answer }) =>
        compareCall({
          id,
          name,
          expected: expectedOf(answer(model)),
          made: made.cases[0].calls[id],
          tensors: made.tensors,
        }),
      );
      const further = compared.filter(({ error }) => error > 1e-5);
      expect(
        further.filter(
          ({ flips, error, agreement }) => flips === 0 || error > 1e-3 || agreement === 'differs',
        ),
      ).toEqual([]);
      // Most of it is not near any kink.
      expect(further.length).toBeLessThanOrEqual(2);
      expect(compared.every(({ gates }) => gates > 100_000)).toBe(true);
    },
  );
});
