import { lstatSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { GraderError } from '../../grader/format/errors.ts';
import { filesBelow } from '../../grader/format/files-below.ts';
import { MiB } from '../../grader/format/units.ts';
import { writeBelow } from '../../packaging/kit/lay-out.ts';

const LARGEST = 6;

/**
 * Installs a kit in an empty folder outside the repository, from the npm registry, without install scripts and with an
 * empty cache.
 * @returns what was measured, a line for each
 * @throws GraderError when the installation fails
 */
export async function measureInstall(kit: ReadonlyMap<string, Uint8Array>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'introspection-kit-'));
  try {
    writeBelow(join(folder, 'kit'), kit);
    const begin = performance.now();
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--cache', join(folder, 'cache')];
    const install = await execa('npm', ['install', ...flags], { cwd: join(folder, 'kit'), reject: false });
    if (install.exitCode !== 0) throw new GraderError(`npm install failed:\n${install.stderr}`);
    const seconds = (performance.now() - begin) / 1000;
    const modules = join(folder, 'kit', 'node_modules');
    const sizes = new Map<string, number>();
    const paths = filesBelow(modules);
    for (const path of paths) {
      const [first, second] = path.split('/');
      const name = first.startsWith('@') ? `${first}/${second}` : first;
      sizes.set(name, (sizes.get(name) ?? 0) + lstatSync(join(modules, path)).size);
    }
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    const largest = [...sizes]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, LARGEST)
      .map(([name, size]) => `${name} ${(size / MiB).toFixed(0)}`);
    return [
      `npm install, empty cache, no install scripts: ${seconds.toFixed(1)} s`,
      `${sizes.size} packages, ${paths.length} files, ${(total / MiB).toFixed(0)} MiB; largest in MiB: ${largest.join(', ')}`,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
