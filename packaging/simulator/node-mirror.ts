import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { sha256 } from '../../grader/format/sha256.ts';

/** A folder that setup.sh can take Node.js from instead of nodejs.org, and what to tell it. */
export interface NodeMirror {
  readonly directory: string;
  readonly version: string;
  readonly sha256: string;
}

/** npm beside the Node.js that is to be packed, or else beside the one that runs this. */
function findNpm(prefix: string): string {
  const places = [prefix, dirname(dirname(process.execPath))].map((at) =>
    join(at, 'lib', 'node_modules', 'npm'),
  );
  const found = places.find((place) => existsSync(join(place, 'bin', 'npm-cli.js')));
  if (!found) throw new Error(`there is no npm in ${places.join(' or ')}; name another Node.js with --node`);
  return found;
}

/**
 * Packs an installed Node.js the way nodejs.org does, so that setup.sh runs whole where nodejs.org is out of reach.
 * @param options.prefix holds `bin/node`, such as `/usr`
 * @param options.cache where the archive is kept
 * @throws Error with the failed command and what it printed
 */
export async function packNode({ prefix, cache }: { prefix: string; cache: string }): Promise<NodeMirror> {
  const binary = join(prefix, 'bin', 'node');
  const { stdout } = await execa(binary, ['--version']);
  const version = stdout.slice('v'.length);
  const name = `node-v${version}-linux-${process.arch}`;
  const folder = join(cache, `v${version}`);
  const archive = join(folder, `${name}.tar.gz`);
  if (!existsSync(archive)) {
    mkdirSync(folder, { recursive: true });
    const scratch = mkdtempSync(join(cache, 'packing-'));
    try {
      const root = join(scratch, name);
      mkdirSync(join(root, 'bin'), { recursive: true });
      cpSync(binary, join(root, 'bin', 'node'), { dereference: true });
      cpSync(findNpm(prefix), join(root, 'lib', 'node_modules', 'npm'), {
        recursive: true,
        dereference: true,
      });
      symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(root, 'bin', 'npm'));
      const fresh = `${archive}.fresh`;
      await execa('tar', ['--create', '--gzip', '--file', fresh, '--directory', scratch, name]);
      renameSync(fresh, archive);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  return { directory: cache, version, sha256: sha256(readFileSync(archive)) };
}
