import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { typeCheck, type TypeReport } from '../../grader/compile/type-check.ts';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import type { Sandbox } from '../../grader/sandbox/sandbox.ts';
import { ROOT } from '../../repository.ts';

const settings = {
  compilerOptions: { strict: true, lib: ['ES2023'], target: 'ES2022', module: 'ESNext' },
};

describe('the type check', () => {
  const sandbox = openSandbox();
  let staged: string;
  beforeEach(() => {
    staged = mkdtempSync(join(tmpdir(), 'introspection-types-'));
    chmodSync(staged, 0o755);
  });
  afterEach(() => rmSync(staged, { recursive: true, force: true }));

  function check(code: string, dependencies = ROOT, launcher: Sandbox = sandbox): Promise<TypeReport> {
    writeFileSync(join(staged, 'tsconfig.json'), JSON.stringify(settings));
    writeFileSync(join(staged, 'given.ts'), 'export const given: string = 1;\n');
    writeFileSync(join(staged, 'own.ts'), code);
    return typeCheck({ sandbox: launcher, staged, solutionFiles: ['own.ts'], dependencies, seconds: 60 });
  }

  it('names line and column of what does not fit', async () => {
    const report = await check('export const one: number =\n  "one";\n');
    expect(report).toMatchObject({
      state: 'checked',
      problems: [
        { file: 'own.ts', line: 1, column: 14, message: expect.stringMatching(/^TS2322: /) as string },
      ],
    });
  });

  it('says nothing of the names that Node.js brings, nor of other files', async () => {
    const report = await check(
      "import { given } from './given';\nconsole.log(process.pid, Buffer.from(given));\n",
    );
    expect(report).toEqual({ state: 'checked', problems: [] });
  });

  it('takes the script where no executable can be started', async () => {
    const started: string[] = [];
    const scriptsOnly: Sandbox = {
      ...sandbox,
      level: sandbox.level,
      layers: sandbox.layers,
      launch(options) {
        started.push(options.kind);
        const command = options.kind === 'program' ? (['/nonexistent'] as const) : options.command;
        return sandbox.launch({ ...options, command });
      },
    };
    const report = await check('export const one: number = "one";\n', ROOT, scriptsOnly);
    expect(started).toEqual(['program', 'node']);
    expect(report).toMatchObject({ state: 'checked', problems: [{ line: 1, column: 14 }] });
  });

  it('is unavailable where no declarations are installed', async () => {
    expect(await check('export {};', staged)).toMatchObject({ state: 'unavailable' });
  });
});
