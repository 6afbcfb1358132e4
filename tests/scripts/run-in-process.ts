import { run } from '../../scripts/program.ts';

/** What a command line ended with, run in this process: help and errors only, what a command does prints elsewhere. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function runInProcess(args: readonly string[]): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  const exitCode = await run(args, {
    out: (text) => void (stdout += text),
    err: (text) => void (stderr += text),
  });
  return { exitCode, stdout, stderr };
}
