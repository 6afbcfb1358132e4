import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Machine } from './machine.ts';

const ENTER = join(import.meta.dirname, 'enter-container.sh');

/** Programs of the host that no image of Gradescope has, or that work in none. */
const ABSENT = [
  'bin/node',
  'bin/nodejs',
  'bin/npm',
  'bin/npx',
  'bin/bwrap',
  'local/bin/node',
  'local/bin/npm',
];

/** Whether containers can be made here: by root, where the kernel stacks file trees. */
export async function canContain(): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  if (!readFileSync('/proc/filesystems', 'latin1').includes('\toverlay')) return false;
  return (
    (await succeeds('sh', ['-c', 'command -v setpriv && command -v chroot'])) &&
    (await succeeds('unshare', ['--mount', '--pid', '--fork', 'true']))
  );
}

async function succeeds(file: string, args: readonly string[]): Promise<boolean> {
  const { failed } = await execa(file, args, { stdio: 'ignore', reject: false });
  return !failed;
}

/** Keeps programs of the host out of an image that is about to be built in the given layers. */
export async function hideHostPrograms(layers: string): Promise<void> {
  for (const path of ABSENT.filter((one) => existsSync(join('/usr', one)))) {
    const place = join(layers, 'usr', path);
    mkdirSync(dirname(place), { recursive: true });
    // In a layer, a device 0:0 says that a file below is not there.
    await execa('mknod', [place, 'c', '0', '0']);
  }
}

/**
 * A container out of layers of the host's own system.
 * @param options.lower layers of an image that was built before; without it an image is being built
 * @param options.upper takes what is written; a fresh folder
 */
export function openContainer({ lower, upper }: { lower?: string; upper: string }): Machine {
  const tree = join(upper, 'tree');
  const top = join(upper, 'top');
  const shown = join('opt', 'shown');
  for (const folder of [tree, join(top, 'autograder')]) mkdirSync(folder, { recursive: true });
  return {
    kind: 'container',
    root: join(top, 'autograder'),
    rootInside: '/autograder',
    show: (folder) => {
      rmSync(join(top, shown), { recursive: true, force: true });
      cpSync(folder, join(top, shown), { recursive: true });
      return `/${shown}`;
    },
    command: (script, limiter) => [
      'unshare',
      '--mount',
      '--pid',
      '--fork',
      '--kill-child=KILL',
      'bash',
      '-c',
      `${limiter?.join ?? ':'} && exec "$@"`,
      'bash',
      'bash',
      ENTER,
      tree,
      lower ?? '-',
      upper,
      ...(limiter?.visible ?? []),
      '--',
      'bash',
      '-c',
      `cd /autograder && ${script}`,
    ],
  };
}
