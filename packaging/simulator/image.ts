import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../grader/format/sha256.ts';
import { ROOT } from '../../repository.ts';
import { canContain, hideHostPrograms, openContainer } from './container.ts';
import { openFolder, type Machine } from './machine.ts';
import { packNode } from './node-mirror.ts';
import { runOn } from './run-on.ts';
import { unzip } from './unzip.ts';

/** Everything of the simulator lies here; it can be removed at any time. */
export const SIMULATOR_CACHE = join(ROOT, '.cache', 'simulate');
const BUILD_SECONDS = 1800;
const KEPT_IMAGES = 2;

/** A package whose `setup.sh` has run. */
export interface Image {
  readonly directory: string;
  readonly kind: Machine['kind'];
  /** Seconds that `setup.sh` took when the image was built, and what it printed; undefined when there was one already. */
  readonly built?: { readonly seconds: number; readonly output: string };
}

export interface BuildOptions {
  /** The bytes of `autograder.zip`. */
  readonly zip: Buffer;
  /** Holds the `bin/node` that the image gets. */
  readonly nodePrefix: string;
  /** Build even if there is an image of the same package. */
  readonly fresh?: boolean;
  readonly onOutput?: (text: string) => void;
}

/**
 * Builds the image of a package as Gradescope does: unpacks it and runs `setup.sh`.
 * @throws Error with what `setup.sh` printed last when it fails
 */
export async function buildImage(options: BuildOptions): Promise<Image> {
  const mirror = await packNode({ prefix: options.nodePrefix, cache: join(SIMULATOR_CACHE, 'node') });
  const kind = (await canContain()) ? 'container' : 'folder';
  const key = sha256(Buffer.from([kind, mirror.sha256, sha256(options.zip)].join(' '))).slice(0, 16);
  const images = join(SIMULATOR_CACHE, 'images');
  const directory = join(images, key);
  if (existsSync(directory) && !options.fresh) return { directory, kind };
  rmSync(directory, { recursive: true, force: true });
  // In a folder, paths are part of what is installed, so it is built where it stays.
  const building = kind === 'container' ? join(images, `${key}.building-${process.pid}`) : directory;
  rmSync(building, { recursive: true, force: true });
  const machine = kind === 'container' ? openContainer({ upper: building }) : openFolder(building);
  try {
    if (kind === 'container') await hideHostPrograms(building);
    const source = join(machine.root, 'source');
    mkdirSync(source, { recursive: true });
    await unzip(options.zip, source);
    copyFileSync(join(source, 'run_autograder'), join(machine.root, 'run_autograder'));
    const ran = await runOn({
      machine,
      script: `bash '${machine.rootInside}/source/setup.sh'`,
      env: {
        NODE_MIRROR: `file://${machine.show(mirror.directory)}`,
        NODE_VERSION: mirror.version,
        NODE_SHA256: mirror.sha256,
      },
      seconds: BUILD_SECONDS,
      ...(options.onOutput ? { onOutput: options.onOutput } : {}),
    });
    if (ran.exitCode !== 0) {
      throw new Error(`setup.sh failed:\n${ran.output.trimEnd().split('\n').slice(-30).join('\n')}`);
    }
    if (building !== directory) {
      rmSync(join(building, 'top', 'opt', 'shown'), { recursive: true, force: true });
      renameSync(building, directory);
    }
    removeOldImages(images, key);
    return { directory, kind, built: { seconds: ran.seconds, output: ran.output } };
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    throw error;
  }
}

function removeOldImages(images: string, current: string): void {
  const others = readdirSync(images)
    .filter((name) => name !== current && !name.includes('.building-'))
    .map((name) => ({ name, time: statSync(join(images, name)).mtimeMs }))
    .toSorted((a, b) => b.time - a.time);
  for (const { name } of others.slice(KEPT_IMAGES - 1)) {
    rmSync(join(images, name), { recursive: true, force: true });
  }
}
