import { execa } from 'execa';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import yauzl from 'yauzl';
import { ROOT } from '../../../repository.ts';

const release = '2.21.0';
const cache = join(ROOT, '.cache', 'native-backend');

/**
 * The path of PyPI's `tensorflow-cpu` wheel for Linux on x86-64, downloaded once. The Python version is part of
 * the name only: what is taken of it is C and C++.
 */
export async function tensorflowWheel(): Promise<string> {
  mkdirSync(cache, { recursive: true });
  const cached = (): string | undefined =>
    readdirSync(cache).find((name) => name.startsWith(`tensorflow_cpu-${release}`) && name.endsWith('.whl'));
  if (cached() === undefined) {
    const target = ['--python-version', '3.11', '--platform', 'manylinux_2_27_x86_64', '--only-binary=:all:'];
    const wanted = [`tensorflow-cpu==${release}`, '--no-deps', '--dest', cache];
    await execa('python3', ['-m', 'pip', 'download', '--quiet', ...target, ...wanted], { stderr: 'inherit' });
  }
  const name = cached();
  if (name === undefined) throw new Error(`pip left no wheel of tensorflow-cpu ${release} in ${cache}`);
  return join(cache, name);
}

/**
 * Takes the C headers and the two libraries out of the wheel into a folder laid out as tfjs-node expects its
 * `deps`: `include/tensorflow/...` and `lib/`.
 */
export async function unpackTensorflow(wheel: string, folder: string): Promise<void> {
  const archive = await (
    promisify(yauzl.open) as (path: string, options: yauzl.Options) => Promise<yauzl.ZipFile>
  )(wheel, { lazyEntries: true, autoClose: false });
  const openEntry = promisify(archive.openReadStream.bind(archive)) as (
    entry: yauzl.Entry,
  ) => Promise<NodeJS.ReadableStream>;
  try {
    for await (const entry of entriesOf(archive)) {
      const place = destination(entry.fileName);
      if (place === undefined) continue;
      const path = join(folder, place);
      if (existsSync(path)) continue;
      mkdirSync(dirname(path), { recursive: true });
      await pipeline(await openEntry(entry), createWriteStream(path));
    }
  } finally {
    archive.close();
  }
}

/** Where a file of the wheel goes; undefined for what the addon does not need. */
function destination(name: string): string | undefined {
  const header = /^tensorflow\/(include\/(?:tensorflow|xla\/tsl|tsl)\/.*\.(?:h|inc))$/.exec(name);
  const library = /^tensorflow\/(libtensorflow_(?:cc|framework)\.so\.2)$/.exec(name);
  return header?.[1] ?? (library ? join('lib', library[1]) : undefined);
}

async function* entriesOf(archive: yauzl.ZipFile): AsyncGenerator<yauzl.Entry> {
  for (let left = archive.entryCount; left > 0; left--) {
    const next = once(archive, 'entry') as Promise<[yauzl.Entry]>;
    archive.readEntry();
    yield (await next)[0];
  }
}
