// Starts the commands of package.json. Even an old Node.js can read this file, so that what is missing is said in one
// sentence.
import { existsSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import { fileURLToPath, pathToFileURL } from 'url';

const OLDEST = [20, 19];
const ENGINE = 'introspection-kit';

const folder = dirname(fileURLToPath(import.meta.url));
const engine = join(folder, 'node_modules', ENGINE);
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Why no command can run here, with what helps; undefined when one can. */
function whyNot() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    return `This needs Node.js ${OLDEST.join('.')} or newer and runs on ${process.versions.node}; install the LTS version of https://nodejs.org, then open a new terminal.`;
  }
  if (!existsSync(join(folder, 'submission.json')) || !existsSync(join(folder, 'package.json'))) {
    return `${folder} is not the assignment's folder, or not all of it; unpack the assignment's zip and run npm install in the folder that holds its package.json.`;
  }
  if (!existsSync(join(engine, 'package.json'))) {
    return `The packages are not installed; run npm install in ${folder}.`;
  }
  const wanted = (readJson(join(folder, 'package.json')).dependencies || {})[ENGINE];
  const { version } = readJson(join(engine, 'package.json'));
  if (wanted && wanted.startsWith('file:') && !wanted.endsWith(`-${version}.tgz`)) {
    return `The installed checks are those of an older kit (${version}); run npm install in ${folder}.`;
  }
  return undefined;
}

async function start() {
  const problem = whyNot();
  if (problem) throw new Error(problem);
  const { run } = await import(pathToFileURL(join(engine, 'grader', 'kit.mjs')).href);
  process.exitCode = await run({ folder, args: process.argv.slice(2) });
}

start().catch((error) => {
  const isMissing = error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND';
  const help = isMissing ? `\nSomething of the installation is missing; run npm install in ${folder}.` : '';
  console.error(error.message + help);
  process.exitCode = 3;
});
