import { execa } from 'execa';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages } from '../packages.ts';
import { replaceBackend } from '../replace-backend.ts';
import { tensorflowWheel, unpackTensorflow } from './tensorflow-wheel.ts';

// Builds the addon of tfjs-node from the sources in its npm package against the libtensorflow of PyPI's
// tensorflow-cpu, for machines that reach package registries but not the place that tfjs-node downloads from.
// For maintainers and CI on Linux x86-64 with g++, python3 and pip: npx tsx scripts/native-backend/build.ts

const note = (text: string): void => void process.stderr.write(`${text}\n`);

const done = await replaceBackend('native', async (folder) => {
  note('installing tfjs-node without its download');
  await installPackages('native', folder, { scripts: false, further: ['node-api-headers@1.9.0'] });
  const modules = join(folder, 'node_modules');
  const tfjsNode = join(modules, '@tensorflow', 'tfjs-node');

  note('fetching libtensorflow (270 MB, once) and unpacking it');
  const dependencies = join(tfjsNode, 'deps');
  await unpackTensorflow(await tensorflowWheel(), dependencies);

  note('compiling the addon');
  const output = join(tfjsNode, 'lib', 'napi-v8');
  mkdirSync(output, { recursive: true });
  const includes = [tfjsNode, join(dependencies, 'include'), join(modules, 'node-api-headers', 'include')];
  const libraries = ['-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'];
  await execa(
    'g++',
    [
      ...['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8'],
      ...includes.map((path) => `-I${path}`),
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(tfjsNode, 'binding', name)),
      ...['-o', join(output, 'tfjs_binding.node')],
      ...[`-L${join(dependencies, 'lib')}`, ...libraries, '-Wl,-rpath,$ORIGIN/../../deps/lib'],
    ],
    { stderr: 'inherit' },
  );
});
process.exitCode = done ? 0 : 1;
