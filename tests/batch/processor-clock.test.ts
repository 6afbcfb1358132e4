import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { ProcessorClock } from '../../batch/workers/processor-clock.ts';

/** Works for so many seconds, says so, and lives on. */
const busy = (seconds: number): string => `const end = process.cpuUsage().user + ${seconds * 1e6};
while (process.cpuUsage().user < end);
console.log('done');
setInterval(() => undefined, 1000);`;

/** Starts another process that works, and waits for nothing. */
const outer = `const { spawn } = require('node:child_process');
spawn(process.execPath, ['-e', ${JSON.stringify(busy(0.6))}], { stdio: ['ignore', 'inherit', 'ignore'] });
setInterval(() => undefined, 1000);`;

it.runIf(process.platform === 'linux')(
  'counts what was started inside of a process that is killed',
  async () => {
    const clock = new ProcessorClock();
    const child = spawn(process.execPath, ['-e', outer], {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    await once(child.stdout, 'data');
    process.kill(-child.pid!, 'SIGKILL');
    await once(child, 'exit');
    const seconds = clock.stop();
    expect(seconds).toBeGreaterThan(0.55);
    expect(new ProcessorClock().stop()).toBeLessThan(0.2);
  },
);

it('counts what a child used that lived on from before, once', async () => {
  const child = spawn(process.execPath, ['-e', busy(0.5)], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  const clock = new ProcessorClock();
  child.kill('SIGKILL');
  await once(child, 'exit');
  // The kernel adds what it used to what was waited for, though it was used before the clock began.
  expect(clock.stop()).toBeLessThan(0.3);
});
