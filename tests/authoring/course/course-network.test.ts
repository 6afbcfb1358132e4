import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCourseNetwork } from '../../../authoring/course/course-network.ts';
import { lostByName } from '../../../authoring/course/named-settings.ts';
import { sha256 } from '../../../grader/format/sha256.ts';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import { licenceOf, manifest } from '../../../models/cache/manifest.ts';
import { importOnnx } from '../../../models/onnx/import-onnx.ts';
import { squeezenetOnnx } from '../../models/squeezenet-onnx.ts';
import { randomWeights } from '../../reference/models/random-weights.ts';

let folder: string;
beforeAll(async () => {
  await prepareBackend({ backend: 'wasm' });
  folder = mkdtempSync(join(tmpdir(), 'course-network-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const onnxOf = (version: '1.0' | '1.1') => squeezenetOnnx(version, randomWeights(version), 47);

function open(name: string, version: '1.0' | '1.1') {
  const file = join(folder, `${name}.safetensors`);
  writeFileSync(file, importOnnx(onnxOf(version), { name }).bytes);
  return openCourseNetwork({ name, file });
}

describe('the network of a course', () => {
  it.each(['squeezenet1_1', 'my-SqueezeNet1.1', 'squeezenet1-1'])(
    'called %s is refused where its weights are of version 1.0: settings go by the name',
    (name) => {
      expect(() => open(name, '1.0')).toThrow(
        `${name} is a SqueezeNet 1.0, but style transfer takes its name for 1.1; import it under another name`,
      );
    },
  );

  it('of 1.1 and ImageNet that is called otherwise is told to go without the document’s weights', () => {
    const named = (name: string, version = '1.1', classes = 1000) => lostByName({ name, version, classes });
    expect(named('mine')).toMatch(/^mine is a SqueezeNet 1\.1 .* only under a name with squeezenet1_1 in it/);
    expect([named('squeezenet1_1'), named('mine', '1.0'), named('mine', '1.1', 10)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('of version 1.1 may be called so, and one of 1.0 anything else', () => {
    expect(open('squeezenet1_1', '1.1').title).toBe('SqueezeNet 1.1');
    expect(open('squeezenet1_0', '1.0').title).toBe('SqueezeNet 1.0');
  });

  it('has the licence of a download for the file that it is from, not for its name', () => {
    const [download] = manifest;
    expect(licenceOf(download.sha256)).toBe(download.licence);
    const { onnxSha256 } = open(download.name, '1.1');
    expect(onnxSha256).toBe(sha256(onnxOf('1.1')));
    expect(licenceOf(onnxSha256)).toBeUndefined();
    expect(licenceOf(undefined)).toBeUndefined();
  });
});
