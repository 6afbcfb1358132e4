import { execa } from 'execa';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { backendsDirectory, optionalBackendNames, optionalPackages } from '../grader/backend/index.ts';
import type { OptionalBackendName } from '../grader/backend/index.ts';
import { ROOT } from './paths.ts';
import { prove } from './setup/proof.ts';

const usage = `npm run setup -- ${optionalBackendNames.join('|')}

Installs one of the optional backends beside the project's own packages, loads it, compares a convolution and its
gradient with WASM, and keeps it only if they agree.

gpu      @tensorflow/tfjs-node-gpu: Linux, an NVIDIA card, CUDA 11.2 with cuDNN 8.1
native   @tensorflow/tfjs-node: downloads libtensorflow, some hundred megabytes
webgpu   @tensorflow/tfjs-backend-webgpu over Dawn: a Vulkan, Metal or Direct3D 12 driver
`;

const note = (text: string): void => void process.stderr.write(`${text}\n`);

/** Removes from a folder of packages those that the project has in the same version, so that they load once. */
function dropShared(modules: string): void {
  const scope = '@tensorflow';
  const versionIn = (folder: string): string | undefined => {
    const path = join(folder, 'package.json');
    return existsSync(path)
      ? (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
      : undefined;
  };
  for (const name of readdirSync(join(modules, scope))) {
    const installed = join(modules, scope, name);
    if (versionIn(installed) === versionIn(join(ROOT, 'node_modules', scope, name))) {
      rmSync(installed, { recursive: true });
    }
  }
}

async function install(name: OptionalBackendName, folder: string): Promise<void> {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const packages = optionalPackages[name];
  note(`installing ${packages.join(' ')}`);
  await execa('npm', ['install', '--no-audit', '--no-fund', '--legacy-peer-deps', ...packages], {
    cwd: folder,
    stdout: 'ignore',
    stderr: 'inherit',
  });
  dropShared(join(folder, 'node_modules'));
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', default: false } },
});
const name = optionalBackendNames.find((candidate) => candidate === positionals[0]);
if (values.help || name === undefined || positionals.length !== 1) {
  (values.help ? process.stdout : process.stderr).write(usage);
  process.exit(values.help ? 0 : 2);
}

const directory = backendsDirectory();
mkdirSync(directory, { recursive: true });
const fresh = mkdtempSync(join(directory, 'installing-'));
try {
  await install(name, join(fresh, name));
  note('comparing with WASM');
  const { report, forwardError, gradientError } = await prove(name, fresh);
  rmSync(join(directory, name), { recursive: true, force: true });
  renameSync(join(fresh, name), join(directory, name));
  process.stdout.write(`${name} works${report.device === undefined ? '' : ` on ${report.device}`}\n`);
  for (const [what, version] of Object.entries(report.versions))
    process.stdout.write(`  ${what} ${version}\n`);
  process.stdout.write(
    `  differs from WASM by ${forwardError.toExponential(1)} (convolution) and ${gradientError.toExponential(1)} (gradient)\n`,
  );
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  const before = existsSync(join(directory, name))
    ? 'the one installed before is kept'
    : 'nothing was changed';
  note(`The backend ${name} cannot be used on this machine; ${before}.\n${reason}`);
  process.exitCode = 1;
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
