import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { processorSeconds } from '../../batch/workers/processor-time.ts';

/** Works for so long, says so, and lives on. */
const PROGRAM = `const end = process.cpuUsage().user + 400_000;
while (process.cpuUsage().user < end);
console.log('done');
setInterval(() => undefined, 1000);`;

it.runIf(process.platform === 'linux')('counts the time of children, also while they live', async () => {
  const before = processorSeconds();
  const child = spawn(process.execPath, ['-e', PROGRAM], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  expect(processorSeconds() - before).toBeGreaterThan(0.35);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(processorSeconds()).toBeGreaterThan(before + 0.35);
});
