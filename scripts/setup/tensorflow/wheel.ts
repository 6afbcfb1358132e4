import { execa } from 'execa';
import { once } from 'node:events';
import { chmodSync, createWriteStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import yauzl from 'yauzl';
import { MiB } from '../../../grader/format/units.ts';
import { ROOT } from '../../../repository.ts';

/** A wheel of PyPI for Linux on x86-64. */
export interface Wheel {
  readonly name: string;
  readonly version: string;
  /** How much is downloaded, and how much of it lies on the disk when it is unpacked, MiB. */
  readonly packedMiB: number;
  readonly unpackedMiB: number;
}

const CACHE = join(ROOT, '.cache', 'wheels');

/** The path of a wheel that was downloaded before. */
function downloaded({ name, version }: Wheel): string | undefined {
  if (!existsSync(CACHE)) return undefined;
  const start = `${name.replaceAll('-', '_')}-${version}-`;
  const file = readdirSync(CACHE).find((one) => one.startsWith(start) && one.endsWith('.whl'));
  return file && join(CACHE, file);
}

/** Bytes that fetching and unpacking wheels takes, without those that are here already. */
export function spaceFor(wheels: readonly Wheel[]): number {
  const missing = wheels.filter((wheel) => !downloaded(wheel));
  const packed = missing.reduce((sum, { packedMiB }) => sum + packedMiB, 0);
  return (packed + wheels.reduce((sum, { unpackedMiB }) => sum + unpackedMiB, 0)) * MiB;
}

/**
 * The path of a wheel, downloaded once: what was fetched before an interruption is not fetched again. The Python
 * version is part of the name only: what is taken of it is C and C++.
 */
export async function fetchWheel(wheel: Wheel): Promise<string> {
  const before = downloaded(wheel);
  if (before !== undefined) return before;
  mkdirSync(CACHE, { recursive: true });
  const platforms = ['manylinux_2_27_x86_64', 'manylinux2014_x86_64'].flatMap((one) => ['--platform', one]);
  const target = ['--python-version', '3.11', ...platforms, '--only-binary=:all:'];
  const wanted = [`${wheel.name}==${wheel.version}`, '--no-deps', '--dest', CACHE];
  await execa('python3', ['-m', 'pip', 'download', '--quiet', ...target, ...wanted], { stderr: 'inherit' });
  const path = downloaded(wheel);
  if (path === undefined) throw new Error(`pip left no wheel of ${wheel.name} ${wheel.version} in ${CACHE}`);
  return path;
}

/**
 * Takes files out of a wheel.
 * @param placeOf where a file goes in the folder, by its name in the wheel; undefined for what is not needed
 */
export async function unpackWheel(
  wheel: string,
  folder: string,
  placeOf: (name: string) => string | undefined,
): Promise<void> {
  const archive = await (
    promisify(yauzl.open) as (path: string, options: yauzl.Options) => Promise<yauzl.ZipFile>
  )(wheel, { lazyEntries: true, autoClose: false });
  const openEntry = promisify(archive.openReadStream.bind(archive)) as (
    entry: yauzl.Entry,
  ) => Promise<NodeJS.ReadableStream>;
  try {
    for await (const entry of entriesOf(archive)) {
      const place = placeOf(entry.fileName);
      if (place === undefined) continue;
      const path = join(folder, place);
      if (existsSync(path)) continue;
      mkdirSync(dirname(path), { recursive: true });
      await pipeline(await openEntry(entry), createWriteStream(path));
      // Children of other user ids read it.
      chmodSync(path, 0o644);
    }
  } finally {
    archive.close();
  }
}

async function* entriesOf(archive: yauzl.ZipFile): AsyncGenerator<yauzl.Entry> {
  for (let left = archive.entryCount; left > 0; left--) {
    const next = once(archive, 'entry') as Promise<[yauzl.Entry]>;
    archive.readEntry();
    yield (await next)[0];
  }
}
