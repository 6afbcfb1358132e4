import { execa } from 'execa';
import { mkdirSync, symlinkSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { GiB } from '../../../grader/format/units.ts';
import { installPackages } from '../packages.ts';
import { fetchWheel, spaceFor, unpackWheel, type Wheel } from './wheel.ts';
import { cudaLibraries, tensorflowCpu, tensorflowCuda } from './wheels.ts';

const PACKAGES = { native: 'tfjs-node', gpu: 'tfjs-node-gpu' } as const;
type Built = keyof typeof PACKAGES;

/** The C headers and the two libraries of Tensorflow's wheel, laid out as tfjs-node expects its `deps`. */
function tensorflowPlace(name: string): string | undefined {
  const header = /^tensorflow\/(include\/(?:tensorflow|xla\/tsl|tsl)\/.*\.(?:h|inc))$/.exec(name);
  const library = /^tensorflow\/(libtensorflow_(?:cc|framework)\.so\.2)$/.exec(name);
  return header?.[1] ?? (library ? join('lib', library[1]) : undefined);
}

/**
 * NVIDIA's libraries, where libtensorflow looks for them: `../nvidia/X/lib` from its own folder; and `libdevice`, from
 * which it compiles kernels at first use.
 */
function cudaPlace(name: string): string | undefined {
  return /^nvidia\/(?:[a-z_]+\/lib\/lib[^/]+\.so[^/]*|cuda_nvcc\/nvvm\/libdevice\/.+\.bc)$/.test(name)
    ? name
    : undefined;
}

/** @throws Error where the disk has not the space */
async function requireSpace(folder: string, wheels: readonly Wheel[]): Promise<void> {
  const needed = spaceFor(wheels);
  const { bavail, bsize } = await statfs(folder);
  const inGiB = (bytes: number): string => (bytes / GiB).toFixed(1);
  console.error(`needs ${inGiB(needed)} GiB; ${inGiB(bavail * bsize)} GiB are free`);
  if (bavail * bsize < needed) {
    throw new Error(`the disk has ${inGiB(bavail * bsize)} GiB free of ${inGiB(needed)} GiB that it needs`);
  }
}

/**
 * Builds the addon of tfjs-node from the sources in its npm package against the libtensorflow of a wheel of PyPI, for
 * machines that reach package registries but not the place that tfjs-node downloads from: Linux x86-64 with g++,
 * python3 and pip. That of `gpu` gets NVIDIA's libraries beside it.
 * @param folder gets the backend; does not exist yet
 */
export async function buildAddon(backend: Built, folder: string): Promise<void> {
  const tensorflow = backend === 'gpu' ? tensorflowCuda : tensorflowCpu;
  const libraries = backend === 'gpu' ? cudaLibraries : [];
  const wheels = [tensorflow, ...libraries];
  mkdirSync(folder);
  await requireSpace(folder, wheels);
  console.error(`installing ${PACKAGES[backend]} without its download`);
  await installPackages(backend, folder, { scripts: false, further: ['node-api-headers@1.9.0'] });
  const modules = join(folder, 'node_modules');
  const addon = join(modules, '@tensorflow', PACKAGES[backend]);
  const dependencies = join(addon, 'deps');
  for (const [index, wheel] of wheels.entries()) {
    const { name, version, packedMiB } = wheel;
    console.error(`${index + 1}/${wheels.length} ${name} ${version} (${packedMiB} MiB)`);
    await unpackWheel(
      await fetchWheel(wheel),
      dependencies,
      wheel === tensorflow ? tensorflowPlace : cudaPlace,
    );
  }
  if (backend === 'gpu') linkSolver(dependencies);

  console.error('compiling the addon');
  const output = join(addon, 'lib', 'napi-v8');
  mkdirSync(output, { recursive: true });
  const includes = [addon, join(dependencies, 'include'), join(modules, 'node-api-headers', 'include')];
  const linked = ['-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'];
  await execa(
    'g++',
    [
      ...['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8'],
      ...includes.map((path) => `-I${path}`),
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(addon, 'binding', name)),
      ...['-o', join(output, 'tfjs_binding.node')],
      ...[`-L${join(dependencies, 'lib')}`, ...linked, '-Wl,-rpath,$ORIGIN/../../deps/lib'],
      // NVIDIA's driver is asked for when there is a card, not when the addon is linked.
      ...(backend === 'gpu' ? ['-Wl,--allow-shlib-undefined'] : []),
    ],
    { stderr: 'inherit' },
  );
}

/** Libtensorflow looks in every folder of NVIDIA's but cusolver's, and without it finds no device. */
function linkSolver(dependencies: string): void {
  const library = 'libcusolver.so.11';
  symlinkSync(
    join('..', '..', 'cusolver', 'lib', library),
    join(dependencies, 'nvidia', 'cublas', 'lib', library),
  );
}
