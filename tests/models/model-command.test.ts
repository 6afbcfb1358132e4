import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { embeddedModels, embeddedWeightsPath } from '../../reference/lib/models/embedded.ts';
import { ROOT } from '../../repository.ts';
import { sha256 } from '../../grader/format/sha256.ts';
import { randomWeights } from '../reference/models/random-weights.ts';
import { PROGRAM } from '../scripts/program.ts';
import { give, serve } from './file-server.ts';
import { squeezenetOnnx } from './squeezenet-onnx.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'model-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const model = (args: string[], environment: Record<string, string> = {}) =>
  execa(process.execPath, [...PROGRAM, 'model', ...args], {
    cwd: ROOT,
    env: { MODEL_CACHE: join(folder, 'cache'), HTTP_PROXY: '', http_proxy: '', ...environment },
    reject: false,
  });

describe('npm run model', () => {
  it('imports a network under a name with its labels, and lists it beside the embedded ones', async () => {
    const onnx = join(folder, 'net.onnx');
    const labels = join(folder, 'labels.txt');
    writeFileSync(onnx, squeezenetOnnx('1.0', randomWeights('1.0'), 47));
    writeFileSync(labels, 'cat\ndog\ncar\nship\n');
    const imported = await model(['import', onnx, '--name', 'mine', '--labels', labels]);
    const path = join(folder, 'cache', 'mine.safetensors');
    expect(imported.stdout).toBe(
      `mine: SqueezeNet 1.0, 4 classes, 47x47 px, opset 13, exported by test\n${path}`,
    );
    expect(imported.exitCode).toBe(0);
    expect(readFileSync(path, 'latin1')).toContain('cat');

    expect(imported.stderr).toBe('');

    const { stdout, exitCode } = await model(['list']);
    expect(exitCode).toBe(0);
    for (const name of embeddedModels) {
      expect(stdout).toMatch(
        new RegExp(
          String.raw`│ ${name} +│ embedded +│ SqueezeNet 1.1, width 0.25 +│ +10 │ +128 │ +194 │ \d\d\.\d% │ +\d+\.\d% │`,
        ),
      );
      const [path, hash] = [embeddedWeightsPath(name), sha256(readFileSync(embeddedWeightsPath(name)))];
      expect(stdout).toMatch(new RegExp(String.raw`│ ${name} +│ ${relative(ROOT, path)} +│ ${hash} │`));
    }
    expect(stdout).not.toContain('differs from its model card');
    expect(stdout).toMatch(/│ mine +│ imported +│ SqueezeNet 1\.0 +│ +4 │ +47 │/);
    expect(stdout).toContain('npm run model -- fetch squeezenet1_1');

    expect((await model(['remove', 'mine'])).stdout).toBe('mine is removed');
    expect(existsSync(path)).toBe(false);
    const gone = await model(['remove', 'mine']);
    expect(gone.stderr).toContain('there is no imported network mine');
    expect(gone.exitCode).toBe(2);
  }, 30_000);

  it('says what a name or missing labels mean for a network, and refuses a name that means another', async () => {
    const onnx = join(folder, 'net.onnx');
    writeFileSync(onnx, squeezenetOnnx('1.0', randomWeights('1.0'), 47));
    const numbered = await model(['import', onnx, '--name', 'mine']);
    expect(numbered.stderr).toBe(
      'Its classes have numbers for names, class 0 to class 3: --labels FILE names them.',
    );
    const other = await model(['import', onnx, '--name', 'squeezenet1_1']);
    expect(other.stderr).toContain(
      'squeezenet1_1 is a SqueezeNet 1.0, but style transfer takes its name for 1.1; import it under another name',
    );
    expect(other.exitCode).toBe(1);
    const embedded = await model(['import', onnx, '--name', 'standard']);
    expect(embedded.stderr).toContain('standard is a network that comes with the course');
    expect(embedded.exitCode).toBe(2);
    expect(readdirSync(join(folder, 'cache'))).toEqual(['mine.safetensors']);
  }, 30_000);

  it('names the file and the fault when it cannot import, and keeps nothing', async () => {
    const page = join(folder, 'page.onnx');
    writeFileSync(page, '<!doctype html>');
    const { stderr, exitCode } = await model(['import', page, '--name', 'mine']);
    expect(stderr).toContain(`${page}: not an ONNX file`);
    expect(exitCode).toBe(1);
    expect(readdirSync(folder)).toEqual(['page.onnx']);
  });

  it.each([
    [['import', 'package.json', '--name', '../x'], 2, "'../x' is invalid: it must be letters, digits"],
    [['fetch', 'resnet50'], 2, "'resnet50' will not do as <name>: it must be one of squeezenet1_1"],
    [['import', 'x.onnx'], 2, "required option '--name <name>' not specified"],
    [['export'], 2, "unknown command 'export'"],
  ])('%j ends with %i', async (args, code, message) => {
    const { stderr, exitCode } = await model(args);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(code);
  });

  it('does not take another file for the one it fetches, from an address or a mirror', async () => {
    const server = await serve(give(new Uint8Array(4_956_208)));
    try {
      const direct = await model(['fetch', 'squeezenet1_1', '--url', `${server.url}/a.onnx`]);
      expect(direct.stderr).toContain('is not the expected file');
      expect(direct.exitCode).toBe(1);
      await model(['fetch', 'squeezenet1_1'], { MODEL_MIRROR: `${server.url}/models/` });
      expect(server.requests.map(({ url }) => url)).toEqual(['/a.onnx', '/models/squeezenet1.1-7.onnx']);
      expect(readdirSync(join(folder, 'cache', 'downloads'))).toEqual([]);
    } finally {
      await server.close();
    }
  });
});
