import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Limiter } from './limits/limiter.ts';

/** Where Gradescope's folders lie, and a way to run programs beside them. */
export interface Machine {
  /** `container`: a file tree, processes and capabilities of its own; `folder`: this machine, with other paths. */
  readonly kind: 'container' | 'folder';
  /** The `/autograder` of the machine, as seen from here. */
  readonly root: string;
  /** The same, as programs on the machine see it. */
  readonly rootInside: string;
  /** Makes a folder of ours visible inside, and returns its path there. */
  readonly show: (folder: string) => string;
  /** The command line that runs a shell script on the machine. */
  command(script: string, limiter?: Limiter): readonly [string, ...string[]];
}

/** Without containers: the same folders at another place, of which the package is told. */
export function openFolder(directory: string): Machine {
  const root = join(directory, 'autograder');
  mkdirSync(root, { recursive: true });
  return {
    kind: 'folder',
    root,
    rootInside: root,
    show: (folder) => folder,
    command: (script, limiter) => [
      'bash',
      '-c',
      `${limiter?.join ?? ':'} && export AUTOGRADER_ROOT='${root}' && cd '${root}' && ${script}`,
    ],
  };
}
