import { execa } from 'execa';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages } from '../packages.ts';
import { tensorflowWheel, unpackTensorflow } from './tensorflow-wheel.ts';

/**
 * Builds the addon of tfjs-node from the sources in its npm package against the libtensorflow of PyPI's
 * tensorflow-cpu, for machines that reach package registries but not the place that tfjs-node downloads from: Linux
 * x86-64 with g++, python3 and pip.
 * @param folder gets the backend; does not exist yet
 */
export async function buildNative(folder: string): Promise<void> {
  console.error('installing tfjs-node without its download');
  await installPackages('native', folder, { scripts: false, further: ['node-api-headers@1.9.0'] });
  const modules = join(folder, 'node_modules');
  const tfjsNode = join(modules, '@tensorflow', 'tfjs-node');

  console.error('fetching libtensorflow (270 MB, once) and unpacking it');
  const dependencies = join(tfjsNode, 'deps');
  await unpackTensorflow(await tensorflowWheel(), dependencies);

  console.error('compiling the addon');
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
}
