import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';

const MODULE = new URL('../../grader/sandbox/process-end.ts', import.meta.url).href;

/** Runs a program that may use `whenProcessEnds`, sends it a signal once it has said so, and returns how it ended. */
async function run(
  program: string,
  signal?: NodeJS.Signals,
): Promise<{ said: string[]; code: number | null; signal: NodeJS.Signals | null }> {
  const text = `import { whenProcessEnds } from ${JSON.stringify(MODULE)};\nconst say = (text) => console.log(text);\n${program}`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', text], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    output += part;
    if (signal && output.includes('ready\n')) child.kill(signal);
  });
  const [code, by] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { said: output.trimEnd().split('\n'), code, signal: by };
}

const WAIT = "say('ready'); setInterval(() => {}, 1000);";

describe('what is to be undone when a process ends', () => {
  it('is undone at its end, latest first', async () => {
    const { said, code } = await run(
      "for (const name of ['first', 'second', 'third']) whenProcessEnds(() => say(name));",
    );
    expect({ said, code }).toEqual({ said: ['third', 'second', 'first'], code: 0 });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is undone on %s', async (signal) => {
    const ended = await run(`whenProcessEnds(() => say('undone'));\n${WAIT}`, signal);
    expect(ended).toEqual({
      said: ['ready', 'undone'],
      code: 128 + constants.signals[signal],
      signal: null,
    });
  });

  it('is undone when a program exits', async () => {
    const { said, code } = await run("whenProcessEnds(() => say('undone'));\nprocess.exit(3);");
    expect({ said, code }).toEqual({ said: ['undone'], code: 3 });
  });

  it('is not undone twice, and signals end it as ever once nothing is left to undo', async () => {
    const { said, code } = await run(
      `const off = whenProcessEnds(() => say('undone'));\noff();\noff();\nsay(process.listenerCount('SIGHUP'));\n${WAIT}`,
      'SIGHUP',
    );
    expect(said).toEqual(['0', 'ready']);
    expect(code).not.toBe(0);
  });

  it('waits for a program that listens to the signal itself', async () => {
    const program = `whenProcessEnds(() => say('undone'));
      process.on('SIGTERM', () => setTimeout(() => { say('last words'); process.exit(7); }, 50));`;
    const { said, code } = await run(program + WAIT, 'SIGTERM');
    expect({ said, code }).toEqual({ said: ['ready', 'last words', 'undone'], code: 7 });
  });
});
