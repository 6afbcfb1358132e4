import { tmpdir } from 'node:os';
import { afterAll, expect, it } from 'vitest';
import { InterruptibleSandbox } from '../../grader/practice/interruptible-sandbox.ts';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import { DEFAULT_LIMITS, type SandboxedProcess } from '../../grader/sandbox/sandbox.ts';

const sandbox = new InterruptibleSandbox(openSandbox({ isolation: 'practice' }));
afterAll(() => sandbox.close());

const launch = (seconds: number): SandboxedProcess =>
  sandbox.launch({
    kind: 'program',
    command: [process.execPath, '-e', `setTimeout(() => 0, ${seconds * 1000})`],
    readable: [],
    cwd: tmpdir(),
    limits: DEFAULT_LIMITS,
  });

it('ends what runs, launches nothing until it is resumed, and then does', async () => {
  const running = launch(60);
  sandbox.interrupt();
  expect(await running.ended).toEqual({ how: 'killed' });
  expect(() => launch(0)).toThrow('interrupted');
  sandbox.resume();
  const next = launch(0);
  expect(await next.ended).toEqual({ how: 'exit', code: 0 });
  await next.destroy();
});
